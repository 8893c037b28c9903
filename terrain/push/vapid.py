"""How a push service knows this Terrain: a key of its own, and a token that it signs (RFC 8292)."""

import json
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.conf import settings

from terrain.push.encryption import point, read, write

GOOD_FOR = timedelta(hours=12)
"""How long a token is good; services refuse one of more than a day."""


@lru_cache(maxsize=4)
def _key(written: str) -> EllipticCurvePrivateKey:
    return derive_private_key(int.from_bytes(read(written)), SECP256R1())


def public_key() -> str:
    """The key that browsers are given, in base64url: their service takes nothing from anybody else."""
    return write(point(_key(settings.PUSH_KEY)))


def authorization(origin: str, at: datetime) -> str:
    """The header Authorization for a push service, named by its origin: `https://push.example`."""
    claims = {"aud": origin, "exp": int((at + GOOD_FOR).timestamp()), "sub": _contact()}
    signed = ".".join(write(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(_key(settings.PUSH_KEY).sign(signed.encode(), ECDSA(hashes.SHA256())))
    return f"vapid t={signed}.{write(r.to_bytes(32) + s.to_bytes(32))}, k={public_key()}"


def _contact() -> str:
    """Where a service finds whom to write to about these pushes."""
    if str(settings.SITE_URL).startswith("https:"):
        return str(settings.SITE_URL)
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"
