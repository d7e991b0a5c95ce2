"""Each plugin alone in a stock `wagtail start` project, from its wheel, with the two lines that its README names."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MEMBERS = ("regiokit", "ehrenamt", "coworking")

PROBE = """
import gc, sys
gc.set_threshold(50_000)  # As the portal's own manage.py does: migrating takes a fifth less.
import django
django.setup()
from django.core.management import call_command
call_command("check", fail_level="WARNING")
call_command("makemigrations", check_changes=True, dry_run=True)
call_command("migrate", verbosity=0)
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from regiokit.places.region import load_region

plugin, public = sys.argv[1], sys.argv[2:]
load_region("coesfeld")
visitor = Client()
for name in public:
    answer = visitor.get(reverse(name))
    assert answer.status_code == 200, (name, answer.status_code)
    assert b"<main" in answer.content and b"<h1" in answer.content, name
    assert not answer.cookies, name
root = get_user_model().objects.create_superuser("root", "root@example.org", "secret")
staff = Client()
staff.force_login(root)
from wagtail.snippets.models import get_snippet_models
models = [model for model in get_snippet_models() if model._meta.app_label == plugin]
assert models, "no snippet of the plugin in the admin"
for model in models:
    answer = staff.get(reverse(model.snippet_viewset.get_url_name("list")))
    assert answer.status_code == 200, (model, answer.status_code)
for name in ["regiokit_organisations", "regiokit_outbox", {"ehrenamt": "ehrenamt_enquiries"}.get(plugin, "coworking_trial_days")]:
    answer = staff.get(reverse(f"{name}:index"))
    assert answer.status_code == 200, name
answer = staff.get(reverse("regiokit_outbox:index") + "?export=xlsx")
assert answer["Content-Type"].endswith("sheet"), answer["Content-Type"]
assert staff.get(reverse("regiokit_outbox:index") + "?export=csv").status_code == 404
from regiokit.mail.models import OutboxMail
mail = OutboxMail.objects.create(to="a@example.org", subject="Ihr Code: ABCD-EFGH", text="Text")
page = staff.get(reverse("regiokit_outbox:inspect", args=[mail.pk]))
assert b"ABCD" not in page.content and "•••" in page.content.decode()
assert staff.get(reverse("regiokit_outbox:inspect", args=[10**30])).status_code == 404
answer = staff.get(reverse("wagtailadmin_home"))
assert answer.status_code == 200
print("served")
"""


@pytest.fixture(scope="module")
def wheels(tmp_path_factory):
    """Build the wheels once."""
    folder = tmp_path_factory.mktemp("wheels")
    for member in MEMBERS:
        subprocess.run(
            [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT / "plugins" / member],
            check=True,
            capture_output=True,
        )
    return {member: next(folder.glob(f"*{member}-*.whl")) for member in MEMBERS}


def _run(python: Path, *arguments, cwd: Path, **environment) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "PORTAL_", "PYTHON"))}
    done = subprocess.run([python, *arguments], cwd=cwd, env={**clean, **environment}, capture_output=True, text=True)
    assert done.returncode == 0, f"{arguments}: {done.stdout[-2000:]}{done.stderr[-4000:]}"
    return done.stdout + done.stderr


@pytest.fixture
def stock_project(tmp_path, wheels):
    """Return a callable that makes a stock project with one plugin; third parties come from this environment."""

    def make(plugin: str) -> tuple[Path, Path]:
        venv.create(tmp_path / "venv", with_pip=False)
        python = tmp_path / "venv" / "bin" / "python"
        own = tmp_path / "venv" / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
        # A plain path line adds the packages but not the editable members, whose own .pth files are not followed.
        (own / "third_parties.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
        for member in ("regiokit", plugin):
            subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--no-deps",
                    "--no-index",
                    "--target",
                    own,
                    wheels[member],
                ],
                check=True,
            )
        project = tmp_path / "site"
        project.mkdir()
        _run(python, "-c", "from wagtail.bin.wagtail import main; main()", "start", "mysite", project, cwd=tmp_path)
        settings = project / "mysite" / "settings" / "base.py"
        settings.write_text(settings.read_text() + f'\nINSTALLED_APPS += ["regiokit", "{plugin}"]\n')
        urls = project / "mysite" / "urls.py"
        urls.write_text(
            urls.read_text().replace(
                "urlpatterns = urlpatterns + [",
                f'urlpatterns = urlpatterns + [path("{plugin}/", include("{plugin}.urls")),',
            )
        )
        return python, project

    return make


@pytest.mark.parametrize(("plugin", "public"), [("ehrenamt", ["ehrenamt:offers"]), ("coworking", ["coworking:spaces"])])
def test_a_plugin_alone_in_a_stock_wagtail_project(stock_project, plugin, public):
    python, project = stock_project(plugin)
    imported = _run(
        python, "-c", f"import {plugin}, regiokit; print({plugin}.__file__, regiokit.__file__)", cwd=project
    )
    assert str(project.parent / "venv") in imported
    assert str(ROOT) not in imported
    probe = project / "probe.py"
    probe.write_text(PROBE)
    said = _run(python, "probe.py", plugin, *public, cwd=project, DJANGO_SETTINGS_MODULE="mysite.settings.dev")
    for word in ("no issues", "No changes", "served"):
        assert word in said
