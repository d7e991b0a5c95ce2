"""Spaces, operators and requests for the tests of this plugin."""

import uuid

import pytest
from django.contrib.auth import get_user_model

from coworking.domain import publishing, trial_days
from coworking.models import Space, TrialDay
from regiokit.mail.models import OutboxMail
from regiokit.organisations.models import Membership, Organisation

COESFELD, DUELMEN = "05558012", "05558016"


@pytest.fixture(autouse=True)
def fresh_limits():
    """Forget who sent how much: the counts live in the cache, not in the database."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def person(db):
    """Return a callable that makes a user who signs in by e-mail."""

    def make(email, **fields):
        model = get_user_model()
        user = model(**{model.USERNAME_FIELD: email, "email": email, **fields})
        user.set_unusable_password()
        user.save()
        return user

    return make


@pytest.fixture
def organisation(county):
    """Return a callable that makes an operator."""

    def make(name="Beispiel-Schreibtische", **fields):
        fields = {"kind": Organisation.Kind.OPERATOR, "municipality_id": DUELMEN, **fields}
        return Organisation.objects.create(name=name, **fields)

    return make


@pytest.fixture
def operator(organisation, person):
    """Return a user who acts for an operator, reachable as `operator.organisation`."""
    user = person("platz@operator.example")
    user.organisation = organisation(phone="0221 4710 500", release_phone=True)
    Membership.objects.create(organisation=user.organisation, user=user)
    return user


@pytest.fixture
def make_space(organisation, django_capture_on_commit_callbacks):
    """Return a callable that makes a published space, found by the search; the mails about that are gone."""

    def make(name="Beispielhaus Dülmen", *, by=None, published=True, **fields):
        fields = {
            "municipality_id": DUELMEN,
            "street": "Beispielgasse 1",
            "postal_code": "48249",
            "lat": 51.83,
            "lon": 7.28,
            "summary": "Ruhige Plätze zum Ausprobieren.",
            "opening_hours": "Mo-Su 08:00-18:00",
            "prices": [{"product": "day", "gross_cents": 1200}],
            "amenities": ["fibre", "printer"],
            "capacity_desks": 6,
            **fields,
        }
        owner = by.organisation if by else fields.pop("organisation", None) or organisation(f"Betrieb von {name}")
        with django_capture_on_commit_callbacks(execute=True):
            space = publishing.save_space(Space(organisation=owner, name=name, **fields), by=by)
            if published:
                space.latest_revision.publish(skip_permission_checks=True)
        OutboxMail.objects.all().delete()
        return Space.objects.for_display().get(pk=space.pk)

    return make


@pytest.fixture
def space(make_space, operator):
    """Return a published space of `operator`."""
    return make_space(by=operator)


@pytest.fixture
def ask(space):
    """Return a callable that asks for a trial day and, if wanted, confirms it."""

    def make(*, confirmed=True, at=None, **fields):
        target = at or space
        days = trial_days.possible_days(target)
        fields = {"day": days[5], "name": "Mia Muster", "email": "mia@person.example", **fields}
        trial_day = trial_days.ask_trial_day(target, key=uuid.uuid4(), **fields)
        if confirmed:
            trial_days.confirm_trial_day(trial_day)
        return TrialDay.objects.select_related("space__organisation", "space__municipality").get(pk=trial_day.pk)

    return make
