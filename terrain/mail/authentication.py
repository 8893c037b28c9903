"""What the receiving host found out about the sender (RFC 8601): believed of one named host, and of nobody else."""

import re
from dataclasses import dataclass, field, replace
from email.message import Message

from terrain.mail.headers import LONGEST

RESULTS = {"pass", "fail", "softfail", "neutral", "none", "policy", "temperror", "permerror"}

_remark = re.compile(r"\([^()]*\)")
_found = re.compile(r"\s*(spf|dkim|dmarc|auth)(?:/\d+)?\s*=\s*([a-z]+)", re.IGNORECASE)
_who = {
    "dkim": re.compile(r"\bheader\.d\s*=\s*\"?([a-z0-9.-]+)", re.IGNORECASE),
    "auth": re.compile(r"\bsmtp\.auth\s*=\s*\"?([^\s\";<>]+@[a-z0-9.-]+)", re.IGNORECASE),
}
"""Whom a method that passed names: who signed, or who had given their password."""


@dataclass(frozen=True)
class Authentication:
    """The verdicts of the trusted host: a word of RFC 8601 each, or nothing where it says nothing."""

    spf: str = ""
    dkim: str = ""
    dmarc: str = ""
    auth: str = ""
    names: frozenset[str] = field(default_factory=frozenset)
    """The domains whose signature holds, and the addresses that had given their password, in small letters."""

    def vouches_for(self, sender: str) -> bool:
        """Whether that host says that this address wrote it: by DMARC, by the signature of its domain, or by its
        password."""
        if self.refutes():
            return False
        domain = sender.partition("@")[2]
        signed = any(domain == each or domain.endswith(f".{each}") for each in self.names if "@" not in each)
        return bool(sender) and (
            self.dmarc == "pass"
            or (self.dkim == "pass" and signed)
            or (self.auth == "pass" and sender in self.names)
        )

    def refutes(self) -> bool:
        """Whether that host says that somebody else wrote it. A signature that broke on its way is no such word: lists
        and forwarding break them."""
        return self.dmarc == "fail" or (
            not self.dmarc and self.spf == "fail" and "pass" not in (self.dkim, self.auth)
        )


def authentication(message: Message, trusted: str) -> Authentication:
    """The verdicts that the host of this name wrote; with no name, nothing is believed.

    What the sender wrote comes below what the host adds on arrival. So a header counts above every `Received`, or
    between the host's own and the next; once one was read, none below a further `Received` counts; and where two
    differ, the less favourable is believed. The host has to take away headers in its name that come from outside
    (RFC 8601, section 5).
    """
    verdicts: dict[str, str] = {}
    names: dict[str, frozenset[str]] = {}
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
                for method, (verdict, who) in _said(said).items():
                    if verdicts.get(method, "pass") == "pass":
                        verdicts[method] = verdict
                    names[method] = names.get(method, who) & who
    return replace(Authentication(), **verdicts, names=frozenset().union(*names.values()))


def _by(received: str, host: str) -> bool:
    """Whether this host took the mail in."""
    return re.search(rf"\bby {re.escape(host)}(?=[\s;]|$)", received, re.IGNORECASE) is not None


def _said(results: str) -> dict[str, tuple[str, frozenset[str]]]:
    """The verdicts of one header, with whom those that passed name; of several signatures, one that holds is enough."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for part in results.split(";"):
        if (result := _found.match(part)) and (verdict := result[2].lower()) in RESULTS:
            method = result[1].lower()
            known, names = found.get(method, ("", frozenset()))
            if verdict == "pass" and method in _who and (who := _who[method].search(part)):
                names |= {who[1].lower()}
            found[method] = ("pass" if known == "pass" else verdict, names)
    return found
