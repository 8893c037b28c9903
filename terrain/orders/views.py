"""The pages of legal orders: how many there were, for everybody; asking, opening and reading, for stewards."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from terrain.orders import order as legal
from terrain.orders.forms import OrderForm, ReasonForm
from terrain.orders.models import Order
from terrain.people.request import PersonRequest
from terrain.people.steward import is_steward
from terrain.web.rendering import page


@require_http_methods(["GET", "POST"])
def orders(request: PersonRequest) -> HttpResponse:
    """How many there were; for stewards, those that wait and those that are open, and asking."""
    stewards = is_steward(request.user)
    form = OrderForm(request.POST or None)
    if request.method == "POST":
        if not stewards:
            raise Http404
        if form.is_valid():
            given = form.cleaned_data
            made = legal.ask(
                request.user,
                given["people"],
                given["reason"],
                given["delayed_until"],
                given["delay_reason"] if given["delayed_until"] else "",
            )
            return redirect("order", made.pk)
    opened = Order.objects.filter(opened_at__isnull=False)
    return page(
        request,
        "orders/orders.html",
        status=422 if form.errors else 200,
        opened=opened.count(),
        not_told=opened.filter(told_at=None).count(),
        own=list(Order.objects.select_related("asked_by", "opened_by")) if stewards else [],
        is_steward=stewards,
        form=form,
    )


@require_http_methods(["GET", "POST"])
def order(request: PersonRequest, pk: int) -> HttpResponse:
    """An order, for stewards: opening it, and, for the two, reading what it opens while it does."""
    if not is_steward(request.user):
        raise Http404
    here = get_object_or_404(Order.objects.select_related("asked_by", "opened_by"), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        legal.open_up(here, request.user, form.cleaned_data["reason"])
        return redirect("order", pk)
    return page(
        request,
        "orders/order.html",
        status=422 if form.errors else 200,
        order=here,
        people=list(here.people.in_alphabetical_order()),
        messages=list(legal.read_by(request.user, here)),
        is_open=here.is_open_to(request.user),
        form=form,
    )
