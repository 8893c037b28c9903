"""What is asked at the door."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from terrain.people.models import Person


class AddressForm(forms.Form):
    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": _("Write your address, so that we can send you a link."),
            "invalid": _("This does not look like a mail address: it needs an @ and a domain."),
        },
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class PasswordForm(AddressForm):
    password = forms.CharField(
        max_length=200, strip=False, error_messages={"required": _("Write your password.")}
    )


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        max_length=200, strip=False, error_messages={"required": _("Write a password.")}
    )

    def __init__(self, person: Person, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.person = person

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.person)
        return password
