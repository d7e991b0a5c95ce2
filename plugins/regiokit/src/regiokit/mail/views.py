"""The view of the Wagtail admin by which staff put a mail that was given up back into the queue."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from regiokit.mail.loglist import rows
from regiokit.mail.sending import NotGivenUp, send_again


@permission_required("regiokit.change_outboxmail")
@require_http_methods(["GET", "HEAD", "POST"])
def resend(request, pk: int):
    """Ask first; POST puts the mail back and leads to the start page."""
    mail = get_object_or_404(rows(), pk=min(pk, 2**62))
    if request.method != "POST":
        return render(request, "regiokit/admin/resend.html", {"mail": mail})
    try:
        send_again(mail)
    except NotGivenUp:
        messages.warning(request, _("Diese E-Mail ist schon versandt oder wartet bereits."))
    else:
        messages.success(request, _("„%(subject)s“ wird noch einmal versandt.") % {"subject": mail.shown_subject})
    return HttpResponseRedirect(reverse("wagtailadmin_home"))
