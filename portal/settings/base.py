"""Django's settings, built from the environment (see `environment` and the README's table)."""

import dj_database_url
from csp.constants import NONE, SELF

from portal.operations.logs import logging_config
from portal.plugins import discover
from portal.region.profile import UnknownRegion, default_region, load_profile
from portal.settings.environment import ROOT, WrongSetting, email_options, read
from regiokit.plugin import PluginError

ENV = read()
try:
    PLUGINS = discover(ENV.plugins)
    REGION = load_profile(ENV.region or default_region())
except PluginError as error:
    raise WrongSetting(str(error)) from error
except UnknownRegion as error:
    raise WrongSetting(f"PORTAL_REGION: {error}") from error

THEME = ENV.theme or REGION.theme
THEMES = ROOT / "themes"
if not (THEMES / THEME / "static").is_dir():
    known = ", ".join(sorted(path.parent.name for path in THEMES.glob("*/static")))
    raise WrongSetting(f"PORTAL_THEME names {THEME!r}, which is not in themes/. There are: {known}.")

# Core ---------------------------------------------------------------------------------------------------------------
MODE = ENV.mode
DEBUG = MODE == "development"
SECRET_KEY = ENV.secret_key
BASE_URL = ENV.base_url
ALLOWED_HOSTS = list(ENV.allowed_hosts)
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1

INSTALLED_APPS = [
    "portal",
    "portal.accounts",
    "portal.region",
    "portal.media",
    "portal.editorial",
    "portal.duties",
    "portal.sitesearch",
    "portal.waiting",
    "portal.pagecache",
    "portal.office",
    *[plugin.app for plugin in PLUGINS],
    "regiokit",
    "wagtail_modeladmin",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.accounts.apps.PeopleConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "taggit",
    "django_filters",
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "portal.operations.requests.RequestLog",
    "portal.security.RefuseControlCharacters",
    "portal.security.RefuseLargeRequests",
    "django.middleware.security.SecurityMiddleware",
    "portal.api.ProblemDocuments",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.pagecache.middleware.PageCache",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.security.AdminContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.middleware.SessionNotes",
    "portal.accounts.middleware.SecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.security.CachingRules",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": list(dict.fromkeys([THEMES / THEME / "templates", THEMES / "kern" / "templates"])),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "portal.region.context.site",
            ],
        },
    }
]

# Data ---------------------------------------------------------------------------------------------------------------
DATABASES = {"default": dj_database_url.parse(ENV.database_url)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
    }
    # A request thread keeps its connection: opening SQLite anew costs more than the queries of a page.
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 10, "timeout": 5}
    DATABASES["default"]["CONN_MAX_AGE"] = 0

LOCAL = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": LOCAL},
    "pages": {"BACKEND": LOCAL, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 500}},
}
if ENV.redis_url:
    REDIS = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": ENV.redis_url}
    CACHES = {"default": REDIS, "pages": {**REDIS, "KEY_PREFIX": "pages"}}
PAGE_CACHE_SECONDS = 0 if DEBUG else ENV.page_cache_seconds

MEDIA_ROOT = ENV.var / "media"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = ENV.var / "static"
STATICFILES_DIRS = list(
    dict.fromkeys([ROOT / "var" / "frontend", THEMES / "kern" / "static", THEMES / THEME / "static"])
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "portal.statics.PortalStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 3600

# Language and time --------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
USE_THOUSAND_SEPARATOR = True

# Accounts -----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["portal.accounts.backends.CodeOnlyBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_home"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Wrong codes: five in five minutes for one account, and only whoever has the code from the mail gets to count there. A
# county office may stand behind one address.
ACCOUNT_RATE_LIMITS = {"login_failed": "60/m/ip,5/5m/key"}
SECOND_FACTOR_REQUIRED = ENV.second_factor_required
MFA_ADAPTER = "portal.accounts.factor_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
# Browsers make passkeys without https for this name alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENV.production and ENV.base_url.startswith("http://localhost")
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.trusted_proxies
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Mail: everything goes through the outbox, the worker hands it to the transport --------------------------------------
EMAIL_BACKEND = "regiokit.mail.backend.OutboxBackend"
DEFAULT_FROM_EMAIL = f"{REGION.portal_name} <{ENV.mail_from}>"
SERVER_EMAIL = ENV.mail_from
SMTP = "django.core.mail.backends.smtp.EmailBackend"
NOWHERE = "django.core.mail.backends.dummy.EmailBackend"
REGIOKIT_MAIL_TRANSPORT = {"backend": SMTP, **email_options(ENV.email_url)} if ENV.email_url else {"backend": NOWHERE}

# Wagtail and the plugins --------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = REGION.portal_name
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/konto/anmelden/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAILADMIN_NOTIFICATION_USE_HTML = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "portal.office.domain.release.publish_released"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILEMBEDS_FINDERS = []
WAGTAIL_AUTOSAVE_INTERVAL = 3000
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.media.forms.PictureForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "media.Download"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
REGIOKIT_PICTURE_FIELDS = {
    "licence": "permission",
    "permission_note": "Von der Organisation hochgeladen; sie hat Rechte und Einwilligungen bestätigt.",
    "persons": "agreed",
}
REGIOKIT_SEARCH_ENGINE = ENV.search_engine
REGIOKIT_ELASTICSEARCH = ENV.elasticsearch
REGIOKIT_REGION = REGION.slug
REGIOKIT_DISTRICTS = REGION.districts
REGIOKIT_MODERATORS = "Moderation"
REGIOKIT_CONTACT = REGION.coordinator
REGIOKIT_SIGNUP_URL = "account_signup"
NINJA_PAGINATION_MAX_LIMIT = 100

# Security -----------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_ENGINE = "portal.accounts.session_store"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
if ENV.production or BASE_URL.startswith("https://"):
    SESSION_COOKIE_NAME = "__Host-sessionid"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
if ENV.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = logging_config(production=ENV.production, level=ENV.log_level)
