"""The operator's own pages: walls between organisations, the form, the review, two editors at once."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import TaskState

from coworking.domain import publishing, trial_days
from coworking.enums import TrialDayState
from coworking.forms.space import SpaceForm
from coworking.models import Space
from regiokit.organisations.models import Membership, Organisation

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


def test_visitors_are_sent_to_the_sign_in(client, space, ask):
    trial_day = ask()
    for path in ("", "neu/", f"{space.pk}/", f"{space.pk}/vorschau/", f"probetage/{trial_day.pk}/"):
        response = client.get(MINE + path)
        assert response.status_code == 302
        assert "next=" in response["Location"]


def test_foreign_spaces_and_requests_do_not_exist(stranger, space, ask):
    trial_day = ask()
    for path in (f"{space.pk}/", f"{space.pk}/vorschau/", f"probetage/{trial_day.pk}/", "999999999/", "probetage/0/"):
        assert stranger.get(MINE + path).status_code == 404
    for action in ("einreichen", "bestaetigen", "pausieren", "fortsetzen"):
        assert stranger.post(f"{MINE}{space.pk}/{action}/").status_code == 404
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
    signed_in.post(f"{MINE}{space.pk}/einreichen/")
    space = Space.objects.get(pk=space.pk)
    assert space.stage == "submitted"
    assert "wird geprüft" in signed_in.get(MINE).content.decode()

    moderator = person("moderation@kreis.example")
    moderator.groups.add(Group.objects.get(name="Moderation"))
    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    with django_capture_on_commit_callbacks(execute=True):
        task.task.specific.on_action(task, moderator, "approve")
    assert outbox(operator.email)[-1].subject == "Veröffentlicht: Neues Haus"
    assert client.get(link_in(outbox(operator.email)[-1], "/coworking/spaces/")).status_code == 200
    assert "Neues Haus" in client.get("/coworking/", {"q": "neues haus"}).content.decode()


def test_a_returned_space_comes_back_with_the_reason(signed_in, operator, person, outbox):
    signed_in.post(f"{MINE}neu/", ESSENTIAL)
    space = Space.objects.get(name="Neues Haus")
    signed_in.post(f"{MINE}{space.pk}/einreichen/")
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
    assert refused.status_code == 400
    assert "neuere Fassung" in html
    assert 'value="Meine Fassung"' in html
    assert Space.objects.get(pk=space.pk).get_latest_revision_as_object().summary == "Inzwischen geändert."
    again = {**mine, "revision": refused.context["form"]["revision"].value()}
    assert signed_in.post(url, again).status_code == 302


def test_a_locked_space_is_not_changed(signed_in, operator, space):
    Space.objects.filter(pk=space.pk).update(locked=True)
    form = signed_in.get(f"{MINE}{space.pk}/").context["form"]
    response = signed_in.post(f"{MINE}{space.pk}/", {**ESSENTIAL, "revision": form["revision"].value()})
    assert "Die Redaktion arbeitet gerade" in response.content.decode()
    signed_in.post(f"{MINE}{space.pk}/einreichen/")
    assert Space.objects.get(pk=space.pk).stage == "live"


def test_confirm_pause_and_resume(signed_in, space):
    Space.objects.get(pk=space.pk).state.delete()
    signed_in.post(f"{MINE}{space.pk}/bestaetigen/")
    assert Space.objects.get(pk=space.pk).confirmed_at
    assert "Pausiert" in signed_in.post(f"{MINE}{space.pk}/pausieren/", follow=True).content.decode()
    assert Space.objects.published().count() == 0
    signed_in.post(f"{MINE}{space.pk}/fortsetzen/")
    assert Space.objects.published().count() == 1


def test_whoever_acts_for_nobody_founds_an_organisation_on_the_way(client, coesfeld, person):
    newcomer = person("neu@operator.example")
    client.force_login(newcomer)
    assert "noch keinen Arbeitsort" in client.get(MINE).content.decode()
    assert "Wer betreibt den Arbeitsort?" in client.get(f"{MINE}neu/").content.decode()
    assert client.post(f"{MINE}neu/", ESSENTIAL).status_code == 400
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
    assert client.post(f"{MINE}neu/", {**ESSENTIAL, "organisation": foreign.pk}).status_code == 400
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
def test_wrong_details_are_explained(signed_in, coesfeld, field, value):
    response = signed_in.post(f"{MINE}neu/", {**ESSENTIAL, field: value})
    assert response.status_code == 400
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
