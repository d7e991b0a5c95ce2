"""Self-service of associations. Every queryset begins with the organisations of the signed-in person."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ehrenamt.domain import browsing
from ehrenamt.domain import offers as verbs
from ehrenamt.forms import OfferForm
from ehrenamt.models import Offer
from regiokit import conf as regiokit_conf
from regiokit.listings.models import ListingLocked, NewerRevision, NothingToReview
from regiokit.listings.pictures import PicturePage, picture_page
from regiokit.listings.stages import sendable
from regiokit.organisations.domain import of_member
from regiokit.organisations.models import Membership, Organisation
from regiokit.pages import message_page, private_page


def associations(user):
    """Return the associations that `user` acts for."""
    return (
        of_member(user, kind=Organisation.Kind.ASSOCIATION)
        .select_related("municipality")
        .defer("municipality__outline")
    )


def _own(request, pk: int) -> Offer:
    offers = Offer.objects.filter(organisation__in=of_member(request.user, kind=Organisation.Kind.ASSOCIATION))
    return get_object_or_404(offers.with_card(), pk=pk)


def _crumbs(*rest):
    return [(_("Mein Verein"), reverse("ehrenamt:my_offers")), *rest]


@private_page
@login_required
@require_safe
def my_offers(request):
    """Show what waits for the association, then its offers, then its people."""
    mine = list(associations(request.user))
    if not mine:
        return render(
            request,
            "ehrenamt/my_nothing.html",
            {
                "found_url": regiokit_conf.organisation_url(),
                "contact": regiokit_conf.contact(),
                "breadcrumbs": [(_("Mein Verein"), "")],
            },
        )
    offers = browsing.offers_of(mine)
    context = {
        "associations": mine,
        "enquiries": browsing.waiting_enquiries(mine),
        "to_confirm": [offer for offer in offers if browsing.needs_confirming(offer)],
        "returned": [offer for offer in offers if offer.stage == "returned"],
        "offers": offers,
        "people": Membership.objects.filter(organisation__in=mine).select_related("user", "organisation"),
        "breadcrumbs": [(_("Mein Verein"), "")],
    }
    return render(request, "ehrenamt/my_offers.html", context)


@private_page
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer_new(request):
    """Post a new offer."""
    mine = associations(request.user)
    if not mine.exists():
        return HttpResponseRedirect(reverse("ehrenamt:my_offers"))
    return _edit(request, Offer(organisation=mine.first()), mine)


@private_page
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer_edit(request, pk):
    """Change an offer: its latest version is loaded, the public one stays until the change is approved."""
    offer = _own(request, pk)
    if offer.locked and request.method != "POST":
        return _held(request)
    return _edit(request, offer.get_latest_revision_as_object(), associations(request.user))


def _held(request):
    return message_page(
        request,
        _("Die Redaktion bearbeitet dieses Angebot gerade"),
        _("Bitte versuchen Sie es später noch einmal, oder rufen Sie uns an."),
        app="ehrenamt",
        status=409,
        actions=[(_("Zurück zu „Mein Verein“"), reverse("ehrenamt:my_offers"))],
    )


def _edit(request, offer: Offer, mine):
    draft = request.POST.get("action") == "save"
    form = OfferForm(request.POST or None, instance=offer, organisations=mine, draft=draft)
    newer, locked = None, False
    if request.method == "POST" and form.is_valid():
        try:
            saved = verbs.save_offer_draft(
                form.instance, by=request.user, seen=form.cleaned_data["seen"] or 0 if offer.pk else None
            )
            return HttpResponseRedirect(
                reverse("ehrenamt:offer_edit" if draft else "ehrenamt:offer_preview", args=[saved.pk])
            )
        except ListingLocked:
            locked = True
            form.add_error(
                None,
                _("Die Redaktion bearbeitet dieses Angebot gerade. Bitte versuchen Sie es später noch einmal."),
            )
        except NewerRevision:
            newer = Offer.objects.get(pk=offer.pk).latest_revision
            # Whoever reads the notice and saves again has seen that there is a newer version.
            form.data = form.data.copy()
            form.data["seen"] = newer.pk
    title = offer.title if offer.pk and not form.is_bound else ""
    stored = (
        Offer.objects.filter(pk=offer.pk).select_related("latest_revision", "live_revision", "organisation").first()
    )
    context = {
        "form": form,
        "offer": offer,
        "stored": stored,
        "newer": newer,
        "organisation": offer.organisation,
        "several": "organisation" in form.fields,
        "breadcrumbs": _crumbs((title or (_("Angebot ändern") if offer.pk else _("Neues Angebot")), "")),
    }
    status = 409 if newer or locked else 422 if form.is_bound else 200
    return render(request, "ehrenamt/offer_form.html", context, status=status)


@private_page
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer_picture(request, pk):
    """Add, describe or remove the picture of an offer; the public version stays until the change is approved."""
    offer = _own(request, pk).get_latest_revision_as_object()
    page = PicturePage(
        base="ehrenamt/base.html",
        title=_("Bild: %(title)s") % {"title": offer.title},
        preview_url=reverse("ehrenamt:offer_preview", args=[pk]),
        save=verbs.save_offer_draft,
        breadcrumbs=_crumbs((offer.title, reverse("ehrenamt:offer_edit", args=[pk])), (_("Bild"), "")),
    )
    return picture_page(request, offer, page)


@private_page
@login_required
@require_safe
def offer_preview(request, pk):
    """Show the latest version as the card and the page that the public will see, and where it stands."""
    stored = _own(request, pk)
    latest = stored.get_latest_revision_as_object()
    context = {
        "stored": stored,
        "offer": latest,
        "stage": stored.stage,
        "reason": stored.return_reason,
        "missing": verbs.missing(latest),
        "sendable": sendable(stored),
        "breadcrumbs": _crumbs((latest.title, "")),
    }
    return render(request, "ehrenamt/offer_preview.html", context)


@private_page
@login_required
@require_POST
def offer_submit(request, pk):
    """Send the version that was previewed to the moderators; the preview then says what happens next."""
    offer = _own(request, pk)
    seen = request.POST.get("seen", "")
    try:
        verbs.submit_offer(
            offer.get_latest_revision_as_object(),
            by=request.user,
            seen=int(seen) if seen.isascii() and seen.isdigit() else 0,
        )
    except verbs.Incomplete:
        return HttpResponseRedirect(reverse("ehrenamt:offer_edit", args=[pk]))
    except ListingLocked:
        return _held(request)
    except (NewerRevision, NothingToReview):
        # Sent twice, or changed in another window: the preview shows the latest version and how it stands.
        pass
    return HttpResponseRedirect(reverse("ehrenamt:offer_preview", args=[pk]))


def _step(verb):
    """Return a view that does `verb` with an own offer and leads back."""

    @private_page
    @login_required
    @require_POST
    def step(request, pk):
        verb(_own(request, pk))
        return HttpResponseRedirect(reverse("ehrenamt:my_offers"))

    return step


offer_pause = _step(verbs.pause_offer)
offer_resume = _step(verbs.resume_offer)
offer_confirm = _step(verbs.confirm_offer)


@private_page
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer_withdraw(request, pk):
    """Ask, then take the offer out of public view and out of review."""
    offer = _own(request, pk)
    if request.method == "POST":
        try:
            verbs.withdraw_offer(offer, by=request.user)
        except ListingLocked:
            return _held(request)
        return HttpResponseRedirect(reverse("ehrenamt:my_offers"))
    return render(
        request, "ehrenamt/offer_withdraw.html", {"offer": offer, "breadcrumbs": _crumbs((_("Zurückziehen"), ""))}
    )
