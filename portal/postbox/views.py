"""Every mail of the demo, newest first, so that one person can play everybody's part."""

from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.editorial.paging import paging
from regiokit.mail.models import OutboxMail

PER_PAGE = 20


def demo_only(view):
    """Answer 404 outside the demo, whoever mounted the address."""

    def guarded(request, *args, **kwargs):
        if settings.MODE != "demo":
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@never_cache
@demo_only
def postbox(request):
    """List the mails, `?an=` narrows to recipients that contain the text."""
    wanted = request.GET.get("an", "").strip()[:200]
    mails = OutboxMail.objects.order_by("-created_at", "-pk").defer("text", "html", "headers")
    if wanted:
        mails = mails.filter(to__icontains=wanted)
    try:
        page = Paginator(mails, PER_PAGE).page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404(_("Diese Seite des Postfachs gibt es nicht.")) from error
    context = {
        "mails": page.object_list,
        "total": page.paginator.count,
        "wanted": wanted,
        "paging": paging(page, address=request.path, query=request.GET),
        "breadcrumbs": [(_("Startseite"), "/"), (_("Postfach"), "")],
    }
    return render(request, "postbox/postbox.html", context)


@require_safe
@never_cache
@demo_only
def letter(request, key):
    """Show one mail: its text with links that work, then how its HTML reads."""
    mail = get_object_or_404(OutboxMail, key=key)
    context = {
        "mail": mail,
        "breadcrumbs": [(_("Startseite"), "/"), (_("Postfach"), "/postfach/"), (mail.subject, "")],
    }
    return render(request, "postbox/letter.html", context)
