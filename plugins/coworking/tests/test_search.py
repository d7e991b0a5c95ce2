"""What the search knows of spaces follows what happens to them."""

from django.http import QueryDict

from coworking.search import source
from regiokit.organisations.domain import note_change
from regiokit.search import domain, filters


def _found(text):
    return [hit.object.name for hit in domain.search(source, filters.query_from(source, QueryDict(f"q={text}"))).hits]


def test_a_space_is_found_by_the_new_name_of_its_operator(space, operator, django_capture_on_commit_callbacks):
    for name, former in (("Dorfkontor", "Landwerk"), ("Landwerk", "Dorfkontor")):
        operator.organisation.name = name
        with django_capture_on_commit_callbacks(execute=True):
            operator.organisation.save()
            note_change(operator.organisation)
        assert _found(name) == [space.name]
        assert _found(former) == []
