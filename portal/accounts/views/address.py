"""Change the e-mail address of an account: a code to the new mailbox confirms it, the old one is told."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portal.accounts.domain import mail_code
from portal.accounts.domain.address import AddressTaken, change_address, is_taken
from portal.accounts.forms import AddressForm, MailCodeForm
from portal.accounts.views.factor import recently_shown

PURPOSE = "address"


@recently_shown
@require_http_methods(["GET", "HEAD", "POST"])
def change(request):
    """Ask for the new address and send a code there; an address in use gets a mail that says so, and no code."""
    form = AddressForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        new = form.cleaned_data["email"]
        taken = is_taken(new, user=request.user)
        template = "account/mail/address_taken" if taken else "account/mail/address_code"
        try:
            mail_code.send(request, purpose=PURPOSE, to=new, template=template, real=not taken)
        except mail_code.TooManyCodes:
            return render(request, "429.html", status=429)
        return redirect("account_confirm_address")
    return render(request, "account/address.html", {"form": form}, status=422 if request.method == "POST" else 200)


@recently_shown
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request):
    """Take the code from the new mailbox; without one that waits, begin again."""
    waiting = mail_code.waiting(request, purpose=PURPOSE)
    if waiting is None:
        return redirect("account_change_address")
    form = MailCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if mail_code.accept(request, purpose=PURPOSE, typed=form.cleaned_data["code"]):
            return _change(request, to=waiting.to)
        form.say_wrong()
    context = {"form": form, "email": waiting.to}
    return render(request, "account/address_confirm.html", context, status=422 if request.method == "POST" else 200)


def _change(request, *, to: str):
    try:
        change_address(request.user, to=to)
    except AddressTaken:
        return redirect("account_change_address")
    return redirect("account_home")
