"""A browser in which somebody is told, as tests use one."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from terrain.people.models import Person
from terrain.people.sessions import SessionStore
from terrain.push.device import OWN, Device
from terrain.push.device import tell_here as add
from tests.push.service import Browser


@dataclass
class Told:
    """A browser, what its service knows of it, and its device here."""

    client: Client
    browser: Browser = field(default_factory=Browser)

    def subscribe(self, agent: str = "", **more: str) -> Any:
        """What the page sends once the browser has subscribed."""
        given = self.browser.subscription
        keys = {"endpoint": given.endpoint, "p256dh": given.p256dh, "auth": given.auth}
        return self.client.post("/push/devices", {**keys, **more}, headers={"User-Agent": agent})

    @property
    def device(self) -> Device:
        return Device.objects.get(endpoint=self.browser.subscription.endpoint)

    @property
    def is_told(self) -> bool:
        return Device.objects.filter(endpoint=self.browser.subscription.endpoint).exists()


def tell_here(client: Client, agent: str = "", **of_browser: str) -> Told:
    """Somebody who is signed in here says “Tell me here”."""
    told = Told(client, Browser(**of_browser))  # type: ignore[arg-type]
    answer = told.subscribe(agent)
    assert answer.status_code == 201, answer.content
    return told


def signed_in_device(person: Person) -> Device:
    """A device of this person, who is signed in there, without a browser to ask for it."""
    device = add(person, Browser().subscription, "Firefox", "Linux", "fr")
    who = {SESSION_KEY: str(person.pk), HASH_SESSION_KEY: person.get_session_auth_hash()}
    store = SessionStore()
    store.update({**who, OWN: str(device.uid)})
    store.create()
    return device
