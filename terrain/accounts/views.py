"""The pages of the door."""

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from terrain.accounts import links, passwords
from terrain.accounts.forms import AddressForm, NewPasswordForm, PasswordForm
from terrain.accounts.jobs import send_link
from terrain.people.models import Person
from terrain.people.organisation import organisation
from terrain.people.request import PersonRequest
from terrain.web.headers import site
from terrain.web.panels import drawn
from terrain.web.rendering import render_bare

BY_ADDRESS = "terrain.accounts.passwords.ByAddress"


@login_not_required
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for an address, and send it a link; the answer is the same whether anybody has this address."""
    if request.user.is_authenticated:
        return redirect(onward(request))
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        send_link.defer(
            email=form.cleaned_data["email"], site=site(request), language=translation.get_language() or "en"
        )
        return door(request, "accounts/sent.html", email=form.cleaned_data["email"])
    return door(request, "accounts/enter.html", form=form, panels=drawn("door", request))


@login_not_required
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A link from a mail: a page with one button, so that a program that opens links does not use it up."""
    try:
        if request.method == "POST":
            return come_in(request, links.use(token))
        return door(request, "accounts/link.html", who=links.check(token).person)
    except links.DeadLink as dead:
        return door(request, "accounts/dead_link.html", status=410, why=dead.why, form=AddressForm())


@login_not_required
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Come in with an address and a password."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if passwords.too_many_failures(email):
            form.add_error(
                "password", _("Too many wrong passwords: wait a quarter of an hour, or ask for a link.")
            )
        elif person := authenticate(request, **form.cleaned_data):
            return come_in(request, person)
        else:
            passwords.record_failure(email)
            form.add_error("password", _("This address and this password do not go together."))
    return door(request, "accounts/password.html", form=form)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Go out, in this browser."""
    logout(request)
    return redirect("enter")


@require_POST
def choose_password(request: PersonRequest) -> HttpResponse:
    """Choose a new password; the other browsers of this person are signed out."""
    form = NewPasswordForm(request.user, request.POST)
    if not form.is_valid():
        return door(request, "accounts/new_password.html", status=422, form=form)
    request.user.set_password(form.cleaned_data["password"])
    request.user.save(update_fields=["password"])
    update_session_auth_hash(request, request.user)
    return redirect("settings")


def come_in(request: HttpRequest, person: Person) -> HttpResponse:
    """Sign the person in, in this browser, and go where they were going."""
    login(request, person, backend=BY_ADDRESS)
    return redirect(onward(request))


def onward(request: HttpRequest) -> str:
    """Where somebody was going when the door stopped them; never to another site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/"


def door(request: HttpRequest, name: str, status: int = 200, **context: object) -> HttpResponse:
    """A page of the door; 422 where its form was refused."""
    form = context.get("form")
    refused = request.method == "POST" and getattr(form, "errors", None)
    return render_bare(
        request,
        name,
        status=422 if refused and status == 200 else status,
        organisation=organisation(),
        next=onward(request),
        **context,
    )
