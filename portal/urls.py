"""All addresses of the portal. Order matters: closed doors first, Wagtail's pages last."""

from django.conf import settings
from django.contrib.sitemaps.views import index as sitemap_index
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from portal.accounts.doors import closed_doors
from portal.accounts.views.staff import OwnAccountView
from portal.api import api, unknown_address
from portal.errors import robots
from portal.health import healthz
from portal.operations.metrics import metrics
from portal.sitemaps import sitemaps

urlpatterns = [
    *closed_doors,
    path("konto/", include("portal.accounts.urls")),
    path("konto/", include("regiokit.organisations.urls")),
    path("admin/account/", require_admin_access(OwnAccountView.as_view())),
    path("admin/", include(wagtailadmin_urls)),
    path("dokumente/", include(wagtaildocs_urls)),
    path("suche/", include("portal.sitesearch.urls")),
    path("api/", api.urls),
    re_path(r"^api/", unknown_address, name="api_unknown"),
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, {"sitemaps": sitemaps, "sitemap_url_name": "sitemap"}, name="sitemap_index"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": sitemaps}, name="sitemap"),
    path("", include("portal.duties.urls")),
    *[path(plugin.prefix, include(plugin.urls)) for plugin in settings.PLUGINS],
]

if settings.MODE == "demo":
    urlpatterns.append(path("postfach/", include("portal.postbox.urls")))
if settings.MODE != "production":
    # In production the web server hands out pictures; documents always go through Wagtail, which checks who asks.
    urlpatterns.append(
        re_path(r"^media/(?P<path>images/.*)$", serve, {"document_root": settings.MEDIA_ROOT}, name="media")
    )

urlpatterns.append(path("", include(wagtail_urls)))

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.permission_denied"
handler404 = "portal.errors.page_not_found"
handler500 = "portal.errors.server_error"
