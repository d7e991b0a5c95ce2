"""Where a person is signed in: see it, and end it."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.domain.sessions import end_sessions, of_user
from portal.accounts.models import EndedSession


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request):
    """Show the person's sessions; POST ends one of the others, or all of them."""
    current = request.session.session_key
    found = list(of_user(request.user))
    if request.method == "POST":
        _end(request, [session for session in found if session.pk != current])
        return redirect("account_sessions")
    context = {
        "current": next((session for session in found if session.pk == current), None),
        "others": [session for session in found if session.pk != current],
    }
    return render(request, "account/sessions.html", context)


def _end(request, others) -> None:
    handle = request.POST.get("session", "")
    kept = [session.pk for session in others if "others" not in request.POST and session.handle != handle]
    if len(kept) < len(others):
        keep = {request.session.session_key, *kept}
        end_sessions([request.user.pk], reason=EndedSession.Reason.PERSON, keep=keep)
