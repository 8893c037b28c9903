"""Devices: added by who is signed in there, seen and forgotten by them alone, and told nothing once they sign out."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from terrain.accounts.views import BY_ADDRESS
from terrain.people.models import Person, Session
from terrain.push import device as devices
from terrain.push import jobs
from terrain.push.browsers import called
from terrain.push.device import Device, signed_in
from tests.cast import Cast
from tests.house.addresses import said_by
from tests.push.service import Browser, to_text
from tests.push.told import Told

TellHere = Callable[..., Told]
ANDROID = (
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36"
)


def test_a_browser_is_told_and_stands_in_the_list_by_its_name(cast: Cast, told_at: TellHere) -> None:
    phone = told_at(cast.samira, ANDROID)
    page = said_by(phone.client.get("/settings"))
    assert "Chrome on Android" in page
    assert ">this one<" in page
    elsewhere = said_by(cast.client(cast.samira).get("/settings"))
    assert "Chrome on Android" in elsewhere
    assert ">this one<" not in elsewhere
    assert "Chrome on Android" not in said_by(cast.client(cast.ines).get("/settings"))


def test_nobody_does_anything_with_the_device_of_another(cast: Cast, told_at: TellHere) -> None:
    phone, other = told_at(cast.samira), cast.client(cast.ines)
    uid = phone.device.uid
    for path in ("", "/discretion", "/trial"):
        for ask in (other.post, other.delete):
            assert ask(f"/push/devices/{uid}{path}").status_code in (404, 405)
    given = phone.browser.subscription
    keys = {"endpoint": "https://push.example/x", "p256dh": given.p256dh, "auth": given.auth}
    assert other.post("/push/devices", {**keys, "uid": str(uid)}).status_code == 404
    assert other.post("/push/devices", {**keys, "before": given.endpoint}).status_code == 404
    assert phone.device.person == cast.samira


def test_discreet_is_a_switch_and_forgetting_is_for_good(cast: Cast, told_at: TellHere) -> None:
    phone = told_at(cast.samira)
    address = f"/push/devices/{phone.device.uid}"
    phone.client.post(f"{address}/discretion")
    assert phone.device.is_discreet
    phone.client.post(f"{address}/discretion?_method=DELETE")
    assert not phone.device.is_discreet
    cast.client(cast.samira).post(f"{address}?_method=DELETE")
    assert not phone.is_told
    again = phone.subscribe(uid=address.split("/")[-1])
    assert again.status_code == 404, "a page that comes by does not bring it back"


def test_who_signs_out_is_told_no_more(cast: Cast, told_at: TellHere) -> None:
    phone, laptop = told_at(cast.samira), told_at(cast.samira)
    phone.client.post("/leave")
    assert not phone.is_told
    assert signed_in(Device.of(cast.samira)) == [laptop.device]


def test_a_new_password_keeps_this_browser_and_stops_the_others(cast: Cast, told_at: TellHere) -> None:
    phone, laptop = told_at(cast.samira), told_at(cast.samira)
    answer = phone.client.post("/settings/password", {"password": "aubépine et merisier"})
    assert answer.status_code == 302
    assert signed_in(Device.of(cast.samira)) == [phone.device]
    assert laptop.is_told, "kept for a while, for who signs in again"


def test_who_left_is_told_no_more(cast: Cast, told_at: TellHere) -> None:
    told_at(cast.samira)
    Person.objects.filter(pk=cast.samira.pk).update(left_on=date(2026, 1, 1))
    assert signed_in(Device.of(cast.samira)) == []


def test_who_comes_back_within_a_month_is_found_again(cast: Cast, told_at: TellHere) -> None:
    phone, now = told_at(cast.samira), timezone.now()
    uid = str(phone.device.uid)
    Session.objects.all().delete()
    jobs.sweep(0)
    assert signed_in([phone.device]) == []
    phone.client.force_login(cast.samira, BY_ADDRESS)
    assert phone.subscribe(uid=uid).status_code == 200
    devices.sweep(now + timedelta(days=40))
    assert signed_in([phone.device]) == [phone.device]
    Session.objects.all().delete()
    devices.sweep(now + timedelta(days=41))
    devices.sweep(now + timedelta(days=70))
    assert phone.is_told
    devices.sweep(now + timedelta(days=72))
    assert not phone.is_told


def test_a_browser_is_one_persons_whoever_asked_last(cast: Cast, told_at: TellHere) -> None:
    phone = told_at(cast.samira)
    phone.client.logout()
    phone.client.force_login(cast.ines)
    assert phone.subscribe().status_code == 201
    assert phone.device.person == cast.ines


def test_a_subscription_that_changes_stays_the_same_device(cast: Cast, told_at: TellHere) -> None:
    phone = told_at(cast.samira)
    uid, before = phone.device.uid, phone.browser.subscription.endpoint
    Device.objects.update(failures=7, is_discreet=True)
    phone.browser = Browser()
    assert phone.subscribe(before=before).status_code == 201
    assert (phone.device.uid, phone.device.failures, phone.device.is_discreet) == (uid, 0, True)


def test_ten_devices_are_kept_the_latest(cast: Cast, told_at: TellHere) -> None:
    first, *others = (told_at(cast.samira) for _ in range(devices.MOST + 1))
    assert not first.is_told
    assert all(each.is_told for each in others)


BAD = {
    "plain HTTP": {"endpoint": "http://push.example/a"},
    "no address": {"endpoint": "push"},
    "a port of its own": {"endpoint": "https://push.example:8443/a"},
    "a name and a password": {"endpoint": "https://a:b@push.example/a"},
    "an IPv6 that is none": {"endpoint": "https://[::1/a"},
    "too long": {"endpoint": "https://push.example/" + "a" * 1500},
    "a zero": {"endpoint": "https://push.example/\0"},
    "no point of the curve": {"p256dh": to_text(b"\4" + bytes(64))},
    "no base64": {"p256dh": "é!"},
    "a short secret": {"auth": to_text(bytes(15))},
    "nothing": {"auth": ""},
}


@pytest.mark.parametrize("given", BAD.values(), ids=BAD)
def test_what_is_no_subscription_is_refused_in_a_sentence(cast: Cast, given: dict[str, str]) -> None:
    told = Told(cast.client(cast.samira))
    Person.objects.filter(pk=cast.samira.pk).update(language="fr")
    answer = told.subscribe(**given)
    assert answer.status_code == 422
    assert not Device.objects.exists()
    if "\0" not in given.get("endpoint", ""):
        assert answer.content.decode() == "Ce navigateur ne donne pas d’adresse où le prévenir."


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (ANDROID, "Chrome on Android"),
        (ANDROID.replace("Safari", "SamsungBrowser/27.0 Safari"), "Samsung Internet on Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) … Chrome/131.0 Safari/537.36 Edg/131.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) … Version/18.1 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) … Version/18.1 Safari/605.1.15", "Safari on macOS"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) … Chrome/131.0 Safari/537.36", "Chrome on ChromeOS"),
    ],
)
def test_a_browser_is_called_as_people_call_it(agent: str, name: str) -> None:
    assert " on ".join(called(agent)) == name


def test_one_that_nobody_knows_is_a_browser(cast: Cast, told_at: TellHere) -> None:
    told_at(cast.samira, "curl/8")
    assert "A browser" in said_by(cast.client(cast.samira).get("/settings"))
