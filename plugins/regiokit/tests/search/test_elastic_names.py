"""The library for Elasticsearch: two names of one thing, and nothing of it where the database answers."""

import subprocess
import sys

import elasticsearch.dsl
import elasticsearch_dsl


def test_both_names_are_one_library():
    assert elasticsearch_dsl.Document is elasticsearch.dsl.Document
    assert elasticsearch_dsl is elasticsearch.dsl


def test_a_site_that_searches_its_database_loads_nothing_of_it():
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'portal.settings.test'; django.setup();"
        "from regiokit.search import domain; from regiokit.search.engines import choice; choice.kept();"
        "print([name for name in sys.modules if name.startswith('elastic')])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
