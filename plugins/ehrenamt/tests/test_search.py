"""What the search knows of offers follows what happens to them."""

from django.http import QueryDict

from ehrenamt.search import source
from regiokit.organisations.domain import note_change
from regiokit.search import domain, filters


def _found(text):
    return [hit.object.title for hit in domain.search(source, filters.query_from(source, QueryDict(f"q={text}"))).hits]


def test_an_offer_is_found_by_the_new_name_of_its_association(live, association, django_capture_on_commit_callbacks):
    live()
    assert _found("Lesebrücke") == ["Kindern vorlesen"]
    association.name = "Vorlesekreis e. V."
    with django_capture_on_commit_callbacks(execute=True):
        association.save()
        note_change(association)
    assert _found("Vorlesekreis") == ["Kindern vorlesen"]
    assert _found("Lesebrücke") == []
