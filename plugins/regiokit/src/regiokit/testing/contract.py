"""The contract that every plugin keeps. A plugin's tests subclass `PluginContract` and name the plugin."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from regiokit.plugin import Plugin, load
from regiokit.search import SearchSource


class PluginContract:
    """Subclass it as `class TestContract(PluginContract)` with `plugin = …`; pytest runs every check below."""

    plugin: Plugin

    def test_is_an_app_of_that_label(self):
        """One word for package, app label and URL namespace."""
        assert apps.get_app_config(self.plugin.app).name == self.plugin.app
        assert load(f"{self.plugin.urls}.app_name") == self.plugin.app

    def test_every_dotted_path_leads_somewhere(self):
        """What is declared can be imported."""
        for field, path in self.plugin._paths():
            assert path if field == "urls" else load(path) is not None

    def test_every_menu_entry_has_an_address(self):
        """Menu entries, doors and live blocks name URLs of the plugin."""
        names = [entry.url_name for entry in self.plugin.menu] + [door.url_name for door in self.plugin.doors]
        if self.plugin.live:
            names.append(self.plugin.live.more_url_name)
            get_template(self.plugin.live.template)
        for name in names:
            assert name.startswith(f"{self.plugin.app}:")
            try:
                assert reverse(name)
            except NoReverseMatch:
                pytest.fail(f"{name} has no address")

    def test_every_source_keeps_the_search_contract(self, db):
        """Sources carry the plugin's name and every facet has labels."""
        for path in self.plugin.search_sources:
            source = import_string(path)
            assert isinstance(source, SearchSource)
            assert source.key.startswith(f"{self.plugin.app}.")
            for facet in source.facets:
                assert facet.labels()
            assert list(source.documents([])) == []

    def test_retention_erases_nothing_in_an_empty_database(self, db):
        """Every rule's eraser can be called and counts what it erased."""
        from django.utils import timezone

        for rule in self.plugin.retention:
            assert load(rule.erase)(before=timezone.now()) == 0

    def test_what_waits_is_found_in_an_empty_database(self, db):
        """Every source answers, needs a permission that exists, and its whole list has an address."""
        from django.contrib.auth.models import AnonymousUser, Permission

        from regiokit.waiting import Asked

        for source in self.plugin.waiting:
            found = load(source.found)(Asked(user=AnonymousUser(), towns=frozenset({"00000000"})))
            assert (found.total, found.elsewhere_total) == (0, 0)
            label, _, codename = source.permission.partition(".")
            assert Permission.objects.filter(content_type__app_label=label, codename=codename).exists()
            assert not source.url_name or reverse(source.url_name)

    def test_names_no_portal_and_no_other_plugin(self):
        """The code of a plugin imports regiokit, Wagtail and Django, never its host or a sibling."""
        folder = Path(apps.get_app_config(self.plugin.app).path)
        siblings = {"portal", "ehrenamt", "coworking"} - {self.plugin.app}
        pattern = re.compile(rf"^\s*(?:from|import) ({'|'.join(sorted(siblings))})\b", re.M)
        wrong = [str(path) for path in folder.rglob("*.py") if pattern.search(path.read_text(encoding="utf-8"))]
        assert wrong == []
