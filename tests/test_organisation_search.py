"""What responsible people change about their organisation reaches the search of every plugin."""

import pytest

from regiokit.organisations.domain.changing import change_organisation
from regiokit.organisations.models import Organisation
from regiokit.organisations.signals import organisation_changed


@pytest.mark.usefixtures("county")
def test_a_changed_organisation_is_announced_after_the_commit(django_capture_on_commit_callbacks):
    heard = []

    def listen(sender, organisation, **_kwargs):
        heard.append(organisation.name)

    organisation_changed.connect(listen)
    try:
        organisation = Organisation.objects.create(name="Lesebrücke", municipality_id="05558012")
        with django_capture_on_commit_callbacks(execute=True):
            change_organisation(organisation, changes={"name": "Vorlesekreis"})
            assert heard == []
        assert heard == ["Vorlesekreis"]
    finally:
        organisation_changed.disconnect(listen)
