"""What the receiving host found out about the sender (RFC 8601): believed of one named host, and of nobody else."""

import re
from dataclasses import dataclass
from email.message import Message

from terrain.mail.headers import LONGEST

RESULTS = {"pass", "fail", "softfail", "neutral", "none", "policy", "temperror", "permerror"}

_remark = re.compile(r"\([^()]*\)")
_found = re.compile(r"\s*(spf|dkim|dmarc)(?:/\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Authentication:
    """The verdicts of the trusted host: a word of RFC 8601 each, or nothing where it says nothing."""

    spf: str = ""
    dkim: str = ""
    dmarc: str = ""


def authentication(message: Message, trusted: str) -> Authentication:
    """The verdicts that the host of this name wrote; with no name, nothing is believed.

    What the sender wrote comes below what the host adds on arrival. So a header counts above every `Received`, or
    between the host's own and the next; once one was read, none below a further `Received` counts; and where two
    differ, the less favourable is believed. The host has to take away headers in its name that come from outside
    (RFC 8601, section 5).
    """
    verdicts: dict[str, str] = {}
    place = "above"
    for name, value in message.items() if trusted else ():
        line = " ".join(str(value)[:LONGEST].split())
        if name.lower() == "received":
            if verdicts or place == "arrived":
                break
            place = "arrived" if _by(line, trusted) else "elsewhere"
        elif name.lower() == "authentication-results" and place != "elsewhere":
            host, _, said = _remark.sub(" ", line).partition(";")
            if host.lower().split()[:1] == [trusted.lower()]:
                for method, verdict in _said(said).items():
                    if verdicts.get(method, "pass") == "pass":
                        verdicts[method] = verdict
    return Authentication(**verdicts)


def _by(received: str, host: str) -> bool:
    """Whether this host took the mail in."""
    return re.search(rf"\bby {re.escape(host)}(?=[\s;]|$)", received, re.IGNORECASE) is not None


def _said(results: str) -> dict[str, str]:
    """The verdicts of one header; of several signatures, one that holds is enough."""
    found: dict[str, str] = {}
    for part in results.split(";"):
        if (result := _found.match(part)) and (verdict := result[2].lower()) in RESULTS:
            method = result[1].lower()
            if found.get(method) != "pass":
                found[method] = verdict
    return found
