"""Settings of the test suite: production's rules as far as they go, with a database and folders of its own."""

import os
import tempfile

os.environ.setdefault("PORTAL_VAR", tempfile.mkdtemp(prefix="portal-test-"))
os.environ.setdefault("PORTAL_MODE", "demo")
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0123456789" * 5)

from portal.settings.base import *  # noqa: F403
from portal.settings.base import DATABASES, STATIC_ROOT, STORAGES

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# The test runner makes and drops databases, which a pool would keep busy.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
# WhiteNoise warns about a folder that is not there.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# A test's transaction never commits, so nothing would empty the page cache; its own tests switch it on.
PAGE_CACHE_SECONDS = 0
# The suite has no worker beside it: whoever saves writes to the search.
REGIOKIT_SEARCH_AT_ONCE = True
