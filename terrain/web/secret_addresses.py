"""Addresses that only one person knows: what they lead to is signed in them, so that nobody guesses another."""

from django.core import signing


def key_of(pk: int, salt: str) -> str:
    """The secret part of the address of the thing with this id; `salt` is another for each sort of address."""
    return signing.Signer(salt=salt).sign(str(pk))


def read(key: str, salt: str) -> int | None:
    """The id that such a key was made of; None where it was made up."""
    try:
        return int(signing.Signer(salt=salt).unsign(key))
    except (signing.BadSignature, ValueError):
        return None
