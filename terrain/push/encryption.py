"""What is pushed, sealed for one browser (RFC 8291, with the content coding of RFC 8188)."""

import base64
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD = 4096
MOST = RECORD - 86 - 16 - 1
"""Bytes in one push: services have to take 4,096, of which the head, the seal and the end of the words leave this."""
STEP = 512
"""Words are filled up to a multiple of so many bytes: their length says little of them."""


def read(text: str) -> bytes:
    """Bytes written in base64url, with or without its ends; raises ValueError."""
    return base64.b64decode(
        text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True
    )


def write(data: bytes) -> str:
    """Bytes in base64url, without its ends."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def point(key: EllipticCurvePrivateKey) -> bytes:
    """The public half of a key, 65 bytes."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def check(p256dh: str, auth: str) -> None:
    """Raises ValueError where these are no keys of a browser."""
    EllipticCurvePublicKey.from_encoded_point(SECP256R1(), read(p256dh))
    if len(read(auth)) != 16:
        raise ValueError("the secret of a subscription has 16 bytes")


def seal(
    words: bytes,
    p256dh: str,
    auth: str,
    own: EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
    step: int = STEP,
) -> bytes:
    """The body to send: `words` for the browser of these keys alone; `own` and `salt` are new each time.

    Raises ValueError for more than 3,993 bytes, and for what are no keys.
    """
    if len(words) > MOST:
        raise ValueError(f"{len(words)} bytes are more than one push holds")
    own, salt = own or generate_private_key(SECP256R1()), salt or os.urandom(16)
    theirs = read(p256dh)
    shared = own.exchange(ECDH(), EllipticCurvePublicKey.from_encoded_point(SECP256R1(), theirs))
    secret = _derived(shared, read(auth), b"WebPush: info\0" + theirs + point(own), 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    # A two ends the words of the last record; the zeros after it are no words.
    filled = min(-(-(len(words) + 1) // step) * step, MOST + 1)
    sealed = AESGCM(key).encrypt(nonce, (words + b"\2").ljust(filled, b"\0"), None)
    return salt + RECORD.to_bytes(4) + bytes([len(point(own))]) + point(own) + sealed


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)
