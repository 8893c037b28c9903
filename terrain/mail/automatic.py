"""Whether a program wrote a mail: such a mail is never published, and never answered (RFC 3834)."""

import re
from email.message import Message

from terrain.mail.headers import first, unfolded

_robots = re.compile(r"(?:mailer-daemon|postmaster|no-?reply|ne-pas-repondre)@", re.IGNORECASE)
_suppressed = re.compile(r"\b(?:all|oof|autoreply)\b", re.IGNORECASE)
_absent = re.compile(
    r"(?:\[?auto(?:matic)?[ -]?reply\]?|auto(?:\s*:|-réponse)|réponse automatique|out of (?:the )?office"
    r"|absence du bureau|absente? du bureau|message d.absence|undeliver(?:able|ed)|delivery status notification"
    r"|mail delivery failed|non remis|échec de (?:la )?remise)",
    re.IGNORECASE,
)


def reason(message: Message, sender: str, subject: str) -> str:
    """Why it looks automatic, as the header that says so; nothing where a person wrote it."""
    if (submitted := first(message, "Auto-Submitted").split(";")[0].strip().lower()) and submitted != "no":
        return f"Auto-Submitted: {submitted}"
    if message.get_content_type() == "multipart/report":
        return "Content-Type: multipart/report"
    if "<>" in (path.replace(" ", "") for path in unfolded(message, "Return-Path")):
        return "Return-Path: <>"
    if (precedence := first(message, "Precedence").lower()) in {"bulk", "junk", "list", "auto_reply"}:
        return f"Precedence: {precedence}"
    for name in (
        "X-Autoreply",
        "X-Autorespond",
        "X-Autoresponder",
        "X-Autoreply-From",
        "X-Failed-Recipients",
    ):
        if first(message, name).lower() not in {"", "no", "false"}:
            return name
    if _suppressed.search(suppress := first(message, "X-Auto-Response-Suppress")):
        return f"X-Auto-Response-Suppress: {suppress}"
    if "List-Id" in message:
        return "List-Id"
    if _robots.match(sender):
        return f"From: {sender}"
    if mark := _absent.match(subject):
        return f"Subject: {mark[0]}"
    return ""
