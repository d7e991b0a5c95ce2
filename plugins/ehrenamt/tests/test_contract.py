"""The plugin keeps the contract of every plugin."""

from django.core.checks import run_checks
from django.core.management import call_command

from ehrenamt.plugin import plugin
from regiokit.testing.contract import PluginContract


class TestContract(PluginContract):
    plugin = plugin


def test_migrations_are_complete(db):
    call_command("makemigrations", "ehrenamt", check=True, dry_run=True, verbosity=0)


def test_a_sign_in_that_leads_nowhere_is_told(settings):
    def told():
        return "ehrenamt.W001" in {warning.id for warning in run_checks()}

    assert not told()
    settings.LOGIN_URL = "no_such_page"
    assert told()
    settings.LOGIN_URL = "https://anmelden.example/"
    assert not told()
