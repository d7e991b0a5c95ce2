"""Doors that stay shut: names and addresses that libraries bring along and that nobody may use here."""

from django.http import Http404
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt  # A door that does not exist says so to everybody, with or without a token.
def closed(request, *args, **kwargs):
    """Answer as if there were nothing."""
    raise Http404
