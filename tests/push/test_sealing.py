"""Sealed for one browser, and signed by this Terrain: as the RFCs have it, and an endpoint of our own checks it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from terrain.push import encryption, vapid
from terrain.push.encryption import MOST, seal
from tests.push.service import Browser, claims_of, to_bytes, to_text

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def private(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(to_bytes(text)), ec.SECP256R1())


def test_it_is_sealed_as_in_the_example_of_rfc_8291() -> None:
    body = seal(
        b"When I grow up, I want to be a watermelon",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
        own=private("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
        salt=to_bytes("DGv6ra1nlYgDCS1FRnbzlw"),
        step=1,
    )
    assert to_text(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
        "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@given(st.binary(max_size=MOST))
def test_whatever_is_sealed_its_browser_opens(words: bytes) -> None:
    browser = Browser()
    given = browser.subscription
    body = seal(words, given.p256dh, given.auth)
    assert browser.opened(body) == words
    assert len(body) <= 4096


def test_no_other_browser_opens_it_nor_is_a_changed_bit_taken() -> None:
    browser = Browser()
    given = browser.subscription
    body = seal(b"Entre nous.", given.p256dh, given.auth)
    for other in (Browser(), Browser(key=browser.key), Browser(auth=browser.auth)):
        with pytest.raises(InvalidTag):
            other.opened(body)
    for place in (0, 15, len(body) - 1):
        changed = bytearray(body)
        changed[place] ^= 1
        with pytest.raises(InvalidTag):
            browser.opened(bytes(changed))


def test_its_length_says_little_of_its_words() -> None:
    given = Browser().subscription
    lengths = {len(seal(b"x" * n, given.p256dh, given.auth)) for n in range(1, 500)}
    assert len(lengths) == 1


def test_more_than_a_push_holds_and_what_are_no_keys_are_refused() -> None:
    given = Browser().subscription
    with pytest.raises(ValueError, match="more than one push holds"):
        seal(b"x" * (MOST + 1), given.p256dh, given.auth)
    for p256dh, auth in (
        (given.p256dh[:-4], given.auth),
        (to_text(b"\4" + bytes(64)), given.auth),
        (given.p256dh, given.auth + "AAAA"),
        ("é", given.auth),
        (given.p256dh, "!"),
    ):
        with pytest.raises(ValueError, match=r"."):
            encryption.check(p256dh, auth)


def test_a_token_is_for_one_service_for_less_than_a_day_and_says_whom_to_ask(settings: Any) -> None:
    settings.SITE_URL = "https://intranet.example"
    claims, key = claims_of(vapid.authorization("https://push.example", AT))
    assert claims["aud"] == "https://push.example"
    assert 0 < claims["exp"] - AT.timestamp() <= 24 * 3600
    assert claims["sub"] == "https://intranet.example"
    assert key == vapid.public_key(), "the one that browsers are given"
    settings.SITE_URL, settings.DEFAULT_FROM_EMAIL = "", "Terrain <terrain@rivoire.example>"
    claims, _ = claims_of(vapid.authorization("https://push.example", AT))
    assert claims["sub"] == "mailto:terrain@rivoire.example"
