"""The operator's own pages: walls between organisations, the form, the review, two editors at once."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import TaskState, WorkflowState

from coworking.domain import publishing, trial_days
from coworking.enums import TrialDayState
from coworking.forms.space import SpaceForm
from coworking.models import Space
from regiokit.listings.models import NewerRevision
from regiokit.organisations.models import Membership, Organisation
from regiokit.search.models import SearchEntry

MINE = "/coworking/mein-space/"
ESSENTIAL = {
    "name": "Neues Haus",
    "street": "Musterweg 2",
    "municipality": "05558016",
    "opening_hours": "Mo-Fr 8-18 Uhr",
    "price_day": "12,50",
    "summary": "Fünf Angaben genügen.",
    "kind": "classic",
}


@pytest.fixture
def signed_in(client, operator):
    client.force_login(operator)
    return client


@pytest.fixture
def stranger(client, organisation, person):
    user = person("fremd@operator.example")
    Membership.objects.create(organisation=organisation("Fremde GmbH"), user=user)
    client.force_login(user)
    return client


def send(client, space):
    """Send the latest version to the moderators, as the button of the preview does; return the answer."""
    data = {"seen": client.get(f"{MINE}{space.pk}/vorschau/").context["seen"]}
    return client.post(f"{MINE}{space.pk}/einreichen/", data)


def approve(person, capture):
    """Approve what waits, as a moderator."""
    moderator = person("moderation@kreis.example")
    moderator.groups.add(Group.objects.get(name="Moderation"))
    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    with capture(execute=True):
        task.task.specific.on_action(task, moderator, "approve")


def test_visitors_are_sent_to_the_sign_in(client, space, ask):
    trial_day = ask()
    for path in (
        "",
        "neu/",
        f"{space.pk}/",
        f"{space.pk}/vorschau/",
        f"{space.pk}/zurueckziehen/",
        f"probetage/{trial_day.pk}/",
    ):
        response = client.get(MINE + path)
        assert response.status_code == 302
        assert "next=" in response["Location"]


def test_foreign_spaces_and_requests_do_not_exist(stranger, space, ask):
    trial_day = ask()
    for path in (f"{space.pk}/", f"{space.pk}/vorschau/", f"probetage/{trial_day.pk}/", "999999999/", "probetage/0/"):
        assert stranger.get(MINE + path).status_code == 404
    for action in ("einreichen", "bestaetigen", "pausieren", "fortsetzen"):
        assert stranger.post(f"{MINE}{space.pk}/{action}/").status_code == 404
    for method in (stranger.get, stranger.post):
        assert method(f"{MINE}{space.pk}/zurueckziehen/").status_code == 404
    assert stranger.post(f"{MINE}{space.pk}/", ESSENTIAL).status_code == 404
    assert stranger.post(f"{MINE}probetage/{trial_day.pk}/", {"decision": "accept"}).status_code == 404
    html = stranger.get(MINE).content.decode()
    assert space.name not in html
    assert "Mia Muster" not in html


def test_the_start_page_says_what_waits(signed_in, space, ask):
    trial_day = ask()
    ask(confirmed=False, name="Noch Unbestätigt")
    html = signed_in.get(MINE).content.decode()
    assert "Probetag beantworten: Mia Muster" in html
    assert "noch 3 Tage" in html or "noch 2 Tage" in html
    assert "Noch Unbestätigt" not in html
    signed_in.post(f"{MINE}probetage/{trial_day.pk}/", {"decision": "accept"})
    trial_day.refresh_from_db()
    assert trial_day.state == TrialDayState.ACCEPTED
    assert "Zugesagte Probetage" in signed_in.get(MINE).content.decode()


def test_answers_are_never_changed_by_a_get(signed_in, ask):
    trial_day = ask()
    signed_in.get(f"{MINE}probetage/{trial_day.pk}/", {"decision": "accept"})
    trial_day.refresh_from_db()
    assert trial_day.state == TrialDayState.REQUESTED
    assert signed_in.get(f"{MINE}{trial_day.space_id}/pausieren/").status_code == 405


def test_a_new_space_goes_from_five_fields_to_the_public_page(
    signed_in, operator, person, outbox, client, link_in, django_capture_on_commit_callbacks
):
    preview = signed_in.post(f"{MINE}neu/", ESSENTIAL, follow=True)
    html = preview.content.decode()
    assert "Das ist die Vorschau" in html
    assert "8–18 Uhr" in html
    assert "12,50 Euro am Tag" in html
    space = Space.objects.get(name="Neues Haus")
    assert (space.live, space.opening_hours) == (False, "Mo-Fr 08:00-18:00")
    assert space.organisation == operator.organisation
    send(signed_in, space)
    assert outbox(operator.email)[-1].subject == "Ihr Eintrag ist angekommen: Neues Haus"
    space = Space.objects.get(pk=space.pk)
    assert space.stage == "submitted"
    assert "wird geprüft" in signed_in.get(MINE).content.decode()

    approve(person, django_capture_on_commit_callbacks)
    assert outbox(operator.email)[-1].subject == "Veröffentlicht: Neues Haus"
    assert client.get(link_in(outbox(operator.email)[-1], "/coworking/spaces/")).status_code == 200
    assert "Neues Haus" in client.get("/coworking/", {"q": "neues haus"}).content.decode()


def test_a_returned_space_comes_back_with_the_reason(signed_in, operator, person, outbox):
    signed_in.post(f"{MINE}neu/", ESSENTIAL)
    space = Space.objects.get(name="Neues Haus")
    send(signed_in, space)
    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    task.task.specific.on_action(
        task, person("moderation@kreis.example"), "reject", comment="Bitte die Hausnummer prüfen."
    )
    mail = outbox(operator.email)[-1]
    assert mail.subject == "Bitte überarbeiten: Neues Haus"
    assert "Bitte die Hausnummer prüfen." in mail.text
    assert "Bitte die Hausnummer prüfen." in signed_in.get(f"{MINE}{space.pk}/").content.decode()
    assert "bitte überarbeiten" in signed_in.get(MINE).content.decode()


def test_changes_to_a_public_space_wait_for_approval(signed_in, client, space):
    form = signed_in.get(f"{MINE}{space.pk}/").context["form"]
    data = {**ESSENTIAL, "name": "Umbenannt", "revision": form["revision"].value()}
    assert signed_in.post(f"{MINE}{space.pk}/", data).status_code == 302
    assert client.get(space.get_absolute_url()).status_code == 200
    assert "Umbenannt" in signed_in.get(f"{MINE}{space.pk}/").content.decode()
    assert "öffentlich, mit ungesendeten Änderungen" in signed_in.get(MINE).content.decode()


def test_two_editors_at_once_overwrite_nothing_silently(signed_in, operator, space):
    url = f"{MINE}{space.pk}/"
    revision = signed_in.get(url).context["form"]["revision"].value()
    other = space.get_latest_revision_as_object()
    other.summary = "Inzwischen geändert."
    publishing.save_space(other, by=operator)
    mine = {**ESSENTIAL, "name": "Meine Fassung", "revision": revision}
    refused = signed_in.post(url, mine)
    html = refused.content.decode()
    assert refused.status_code == 409
    assert "neuere Fassung" in html
    assert 'value="Meine Fassung"' in html
    assert Space.objects.get(pk=space.pk).get_latest_revision_as_object().summary == "Inzwischen geändert."
    again = {**mine, "revision": refused.context["form"]["revision"].value()}
    assert signed_in.post(url, again).status_code == 302


def test_a_locked_space_is_not_changed(signed_in, operator, space):
    Space.objects.filter(pk=space.pk).update(locked=True)
    form = signed_in.get(f"{MINE}{space.pk}/").context["form"]
    response = signed_in.post(f"{MINE}{space.pk}/", {**ESSENTIAL, "revision": form["revision"].value()})
    assert response.status_code == 409
    assert "Die Redaktion arbeitet gerade" in response.content.decode()
    assert send(signed_in, space).status_code == 409
    assert signed_in.post(f"{MINE}{space.pk}/zurueckziehen/").status_code == 409
    assert Space.objects.get(pk=space.pk).stage == "live"


def test_a_second_click_makes_no_second_space(client, county, person):
    newcomer = person("neu@operator.example")
    client.force_login(newcomer)
    key = client.get(f"{MINE}neu/").context["form"]["key"].value()
    data = {**ESSENTIAL, "organisation_name": "Dorfladen eG", "key": key}
    first, second = client.post(f"{MINE}neu/", data), client.post(f"{MINE}neu/", data)
    assert first["Location"] == second["Location"]
    assert (Space.objects.count(), Organisation.objects.count()) == (1, 1)
    assert Space.objects.get().key == key
    other = client.get(f"{MINE}neu/").context["form"]["key"].value()
    client.post(f"{MINE}neu/", {**ESSENTIAL, "key": other})
    assert Space.objects.count() == 2


def test_a_key_of_somebody_else_opens_nothing(signed_in, stranger, operator, person):
    signed_in.force_login(operator)
    key = signed_in.get(f"{MINE}neu/").context["form"]["key"].value()
    signed_in.post(f"{MINE}neu/", {**ESSENTIAL, "key": key})
    mine = Space.objects.get()
    stranger.force_login(get_user_model().objects.get(email="fremd@operator.example"))
    answer = stranger.post(f"{MINE}neu/", {**ESSENTIAL, "name": "Fremdes Haus", "key": key})
    assert answer.status_code == 302
    assert str(mine.pk) not in answer["Location"]
    assert Space.objects.exclude(pk=mine.pk).get().name == "Fremdes Haus"


def test_a_version_is_sent_once(signed_in, operator, space, outbox):
    """Two clicks are one review, a public version needs none, and what changed since the preview is not sent."""
    assert "Zur Prüfung senden" not in signed_in.get(f"{MINE}{space.pk}/vorschau/").content.decode()
    send(signed_in, space)
    assert Space.objects.get(pk=space.pk).stage == "live"
    publishing.save_space(space.get_latest_revision_as_object(), by=operator)
    seen = {"seen": signed_in.get(f"{MINE}{space.pk}/vorschau/").context["seen"]}
    for _click in range(2):
        signed_in.post(f"{MINE}{space.pk}/einreichen/", seen)
    assert WorkflowState.objects.count() == 1
    assert "Zur Prüfung senden" not in signed_in.get(f"{MINE}{space.pk}/vorschau/").content.decode()
    send(signed_in, space)
    assert WorkflowState.objects.count() == 1
    assert [mail.subject for mail in outbox(operator.email)] == [f"Ihr Eintrag ist angekommen: {space.name}"]
    waiting = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS).revision_id
    publishing.save_space(Space.objects.get(pk=space.pk).get_latest_revision_as_object(), by=operator)
    signed_in.post(f"{MINE}{space.pk}/einreichen/", {"seen": waiting})
    assert TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS).revision_id == waiting
    send(signed_in, space)
    assert TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS).revision_id != waiting


def test_of_two_that_save_at_once_one_is_refused(operator, space):
    """Both have passed the form when the first one is stored."""
    seen = space.latest_revision_id
    mine, theirs = space.get_latest_revision_as_object(), space.get_latest_revision_as_object()
    publishing.save_space(theirs, by=operator, seen=seen)
    for verb in (publishing.save_space, publishing.submit_space):
        with pytest.raises(NewerRevision):
            verb(mine, by=operator, seen=seen)
    assert Space.objects.get(pk=space.pk).stage == "changed"


def test_a_published_change_is_told(signed_in, operator, person, space, outbox, django_capture_on_commit_callbacks):
    publishing.save_space(space.get_latest_revision_as_object(), by=operator)
    send(signed_in, space)
    approve(person, django_capture_on_commit_callbacks)
    assert outbox(operator.email)[-1].subject == f"Veröffentlicht: {space.name}"
    state = Space.objects.get(pk=space.pk).state
    assert state.submitted_at is None


def test_withdrawing_asks_first(signed_in, operator, space, django_capture_on_commit_callbacks):
    assert f"{MINE}{space.pk}/zurueckziehen/" in signed_in.get(MINE).content.decode()
    publishing.submit_space(space.get_latest_revision_as_object(), by=operator)
    page = signed_in.get(f"{MINE}{space.pk}/zurueckziehen/")
    assert "Arbeitsort zurückziehen?" in page.content.decode()
    assert Space.objects.published().exists()
    with django_capture_on_commit_callbacks(execute=True):
        page = signed_in.post(f"{MINE}{space.pk}/zurueckziehen/", follow=True)
    assert "Zurückgezogen" in page.content.decode()
    assert "nicht mehr öffentlich" in page.content.decode()
    assert Space.objects.get(pk=space.pk).stage == "withdrawn"
    assert not SearchEntry.objects.exists()
    assert f"{MINE}{space.pk}/zurueckziehen/" not in signed_in.get(MINE).content.decode()


def test_the_number_of_queries_does_not_grow(signed_in, operator, make_space):
    def more(number):
        for turn in range(number):
            make_space(f"Haus {turn}", by=operator, published=turn % 2 == 0)

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert signed_in.get(MINE).status_code == 200
        return len(queries)

    more(3)
    count()
    few = count()
    more(6)
    assert count() == few


def test_confirm_pause_and_resume(signed_in, space):
    Space.objects.get(pk=space.pk).state.delete()
    signed_in.post(f"{MINE}{space.pk}/bestaetigen/")
    assert Space.objects.get(pk=space.pk).confirmed_at
    assert "Pausiert" in signed_in.post(f"{MINE}{space.pk}/pausieren/", follow=True).content.decode()
    assert Space.objects.published().count() == 0
    signed_in.post(f"{MINE}{space.pk}/fortsetzen/")
    assert Space.objects.published().count() == 1


def test_whoever_acts_for_nobody_founds_an_organisation_on_the_way(client, county, person):
    newcomer = person("neu@operator.example")
    client.force_login(newcomer)
    assert "noch keinen Arbeitsort" in client.get(MINE).content.decode()
    assert "Wer betreibt den Arbeitsort?" in client.get(f"{MINE}neu/").content.decode()
    assert client.post(f"{MINE}neu/", ESSENTIAL).status_code == 422
    client.post(f"{MINE}neu/", {**ESSENTIAL, "organisation_name": "Dorfladen eG"})
    founded = Organisation.objects.get(name="Dorfladen eG")
    assert (founded.kind, founded.verified_at) == (Organisation.Kind.OPERATOR, None)
    assert Membership.objects.get(user=newcomer).organisation == founded
    assert Space.objects.get().organisation == founded


def test_of_several_organisations_only_ones_own_can_be_chosen(client, organisation, person):
    user = person("zwei@operator.example")
    first, second, foreign = organisation("Erste"), organisation("Zweite"), organisation("Fremde")
    for own in (first, second):
        Membership.objects.create(organisation=own, user=user)
    client.force_login(user)
    assert client.post(f"{MINE}neu/", {**ESSENTIAL, "organisation": foreign.pk}).status_code == 422
    assert client.post(f"{MINE}neu/", {**ESSENTIAL, "organisation": second.pk}).status_code == 302
    assert Space.objects.get().organisation == second


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 100_000),
        ("municipality", "99999999"),
        ("opening_hours", "immer mal wieder"),
        ("price_day", "-1"),
        ("price_day", "viel"),
        ("price_day", "NaN"),
        ("amenities", ["pool"]),
        ("lat", "120"),
        ("lat", "nan"),
        ("website", "javascript:alert(1)"),
        ("postal_code", "4824"),
        ("door_width_cm", "1"),
        ("wheelchair", "vielleicht"),
        ("description", "x" * 100_000),
        ("street", "Weg\x00"),
    ],
)
def test_wrong_details_are_explained(signed_in, county, field, value):
    response = signed_in.post(f"{MINE}neu/", {**ESSENTIAL, field: value})
    assert response.status_code == 422
    assert "Bitte prüfen Sie Ihre Angaben" in response.content.decode()
    assert field in response.context["form"].errors
    assert not Space.objects.exists()


def test_the_form_keeps_every_detail(operator, make_space):
    """Saving without a change changes nothing: prices, amenities and accessibility survive the way through the form."""
    kept = {
        "prices": [{"product": "hour", "gross_cents": 450}, {"product": "month", "gross_cents": 12999}],
        "amenities": ["fibre", "childcare_near"],
        "accessibility": {"wheelchair": "limited", "toilet": "unknown", "parking": "yes", "induction_loop": "no", "door_width_cm": 88},
    }  # fmt: skip
    space = make_space(by=operator, website="https://platz.example/", **kept)
    shown = SpaceForm(instance=space, organisations=[operator.organisation])
    data = {}
    for bound in shown:
        value = bound.value()
        if value not in (None, False):
            data[bound.html_name] = value if isinstance(value, list) else bound.field.prepare_value(value)
    data.update(price_hour="4,50", price_month="129,99", lat="51,83", lon="7,28")
    form = SpaceForm(data, instance=Space.objects.get(pk=space.pk), organisations=[operator.organisation])
    assert form.is_valid(), form.errors
    saved = form.save(commit=False)
    assert {name: getattr(saved, name) for name in kept} == kept
    assert (saved.lat, saved.website, saved.opening_hours) == (51.83, "https://platz.example/", space.opening_hours)


def test_days_with_requests_stay_answerable_while_paused(space, ask):
    trial_day = ask()
    publishing.pause_space(space)
    trial_days.accept_trial_day(trial_day)
    assert trial_day.state == TrialDayState.ACCEPTED
