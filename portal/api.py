"""The JSON interface: the plugins' routers under one roof, described at /api/openapi.json.

Open data for everybody, so other sites' pages may read it too. Errors are problem documents (RFC 9457) that name the
wrong parameter. Ninja's documentation page needs inline scripts, which this site's policy forbids; the description is
a file that every tool for OpenAPI 3.1 reads.
"""

from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from regiokit.plugin import load
from regiokit.search import WrongParameter

PROBLEM = "application/problem+json"


def problem(request, *, status: int, detail: str, parameter: str = "") -> HttpResponse:
    """Return a problem document (RFC 9457); `parameter` names the wrong one."""
    document = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.path,
    }
    if parameter:
        document["parameter"] = parameter
    response = JsonResponse(document, status=status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})
    return open_to_all(request, response)


def open_to_all(request, response: HttpResponse) -> HttpResponse:
    """Let pages of other sites read what anybody may read: answers to GET (Fetch standard, section 3.2)."""
    if request.method in {"GET", "HEAD"}:
        response["Access-Control-Allow-Origin"] = "*"
    return response


def _opened(view):
    @wraps(view)
    def opened(request, *args, **kwargs):
        return open_to_all(request, view(request, *args, **kwargs))

    return opened


class ProblemDocuments:
    """Middleware: whatever goes wrong below /api/ is told as a problem document, also what never reached a view."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Replace error pages below /api/."""
        response = self.get_response(request)
        wrong = request.path.startswith("/api/") and response.status_code >= 400
        if not wrong or response.get("Content-Type", "").startswith(PROBLEM):
            return response
        told = problem(request, status=response.status_code, detail=HTTPStatus(response.status_code).description)
        if response.has_header("Allow"):
            told["Allow"] = response["Allow"]
        return told


def build() -> NinjaAPI:
    """Return the interface with the routers of the enabled plugins at `/<app>/v1`."""
    built = NinjaAPI(
        title=settings.REGION.portal_name,
        description=_("Offene Daten des Portals: dieselben Fragen, Antworten und Parameter wie auf den Seiten."),
        version="1.0.0",
        docs_url=None,
    )
    built.add_decorator(_opened, mode="view")
    for plugin in settings.PLUGINS:
        if plugin.api:
            built.add_router(f"/{plugin.app}/v1", load(plugin.api), tags=[plugin.title])
    built.add_exception_handler(WrongParameter, _wrong_parameter)
    built.add_exception_handler(ValidationError, _invalid)
    built.add_exception_handler(HttpError, _refused)
    built.add_exception_handler(Http404, _not_found)
    return built


def _wrong_parameter(request, error):
    return problem(request, status=422, detail=str(error.message), parameter=error.parameter)


def _invalid(request, error):
    first = error.errors[0]
    names = [part for part in first["loc"] if isinstance(part, str)]
    name = names[-1] if names else ""
    return problem(request, status=422, detail=_("Der Wert von „%s“ ist nicht gültig.") % name, parameter=name)


def _refused(request, error):
    return problem(request, status=error.status_code, detail=str(error))


def _not_found(request, error):
    return problem(request, status=404, detail=_("Diesen Eintrag gibt es nicht."))


@csrf_exempt  # It takes no data at all.
def unknown_address(request):
    """Answer for addresses below /api/ that do not exist."""
    return problem(request, status=404, detail=_("Diese Adresse gibt es nicht. Alle Adressen: /api/openapi.json"))


api = build()
