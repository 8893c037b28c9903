"""What a browser sends: where it is told, and what was answered in a notification."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terrain.links.fetching import Unreachable
from terrain.push import encryption
from terrain.push.device import Subscription
from terrain.push.sending import origin_of

UNUSABLE = _("This browser gives no address where it can be told.")


class DeviceForm(forms.Form):
    """A subscription; `uid` names the device that this browser is already, `before` where it was told before."""

    endpoint = forms.CharField(max_length=1500, error_messages={"required": UNUSABLE, "max_length": UNUSABLE})
    p256dh = forms.CharField(max_length=90, error_messages={"required": UNUSABLE, "max_length": UNUSABLE})
    auth = forms.CharField(max_length=30, error_messages={"required": UNUSABLE, "max_length": UNUSABLE})
    uid = forms.UUIDField(required=False)
    before = forms.CharField(required=False, max_length=1500)

    def clean_endpoint(self) -> str:
        endpoint = str(self.cleaned_data["endpoint"])
        try:
            origin = origin_of(endpoint)
        except (Unreachable, ValueError):
            origin = ""
        if not origin.startswith("https:"):
            raise forms.ValidationError(UNUSABLE, "endpoint")
        return endpoint

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "p256dh" in given and "auth" in given:
            try:
                encryption.check(given["p256dh"], given["auth"])
            except ValueError:
                raise forms.ValidationError(UNUSABLE, "keys") from None
        return given

    @property
    def subscription(self) -> Subscription:
        given = self.cleaned_data
        return Subscription(given["endpoint"], given["p256dh"], given["auth"])


class AnswerForm(forms.Form):
    """Words typed in a notification; `key` is their own, so that they are published once however often they come."""

    to = forms.CharField(max_length=200)
    key = forms.UUIDField()
    words = forms.Field(required=False)
    keep = forms.BooleanField(required=False)
    """Whether they are only kept, for their author to go on with."""
