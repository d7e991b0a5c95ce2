"""Changes of state: each happens once, and of two at once only one wins."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.models.signals import pre_save
from django.utils import timezone

from coworking import conf, privacy
from coworking.domain import trial_day_links as links
from coworking.domain import trial_days
from coworking.domain.hours import LOCAL
from coworking.domain.trial_days import DayNotPossible, NotOffered, NotWaiting
from coworking.enums import TrialDayState
from coworking.models import TrialDay
from regiokit.mail.models import OutboxMail


def overdue(trial_day):
    TrialDay.objects.filter(pk=trial_day.pk).update(respond_by=timezone.now() - timedelta(seconds=1))


def test_confirming_twice_tells_the_operator_once(ask, outbox, operator):
    trial_day = ask()
    trial_days.confirm_trial_day(trial_day)
    assert len(outbox(operator.email)) == 1


def test_every_member_of_the_operator_gets_the_request(ask, outbox, operator, person):
    from regiokit.organisations.models import Membership

    Membership.objects.create(organisation=operator.organisation, user=person("zweite@operator.example"))
    ask()
    assert len(outbox(operator.email)) == len(outbox("zweite@operator.example")) == 1


def test_a_lapsed_request_tells_both_and_leads_on(ask, make_space, outbox, operator):
    make_space("Nachbarhaus")
    trial_day = ask()
    assert trial_days.lapse_trial_days() == 0
    overdue(trial_day)
    assert trial_days.lapse_trial_days() == 1
    assert trial_days.lapse_trial_days() == 0
    mail = outbox(trial_day.email)[-1]
    assert "verfallen" in mail.subject
    assert "Nachbarhaus" in mail.text
    assert "0221 4710 500" in mail.text
    assert outbox(operator.email)[-1].subject.startswith("Verfallen")
    with pytest.raises(NotWaiting):
        trial_days.accept_trial_day(trial_day)


def test_the_operator_answers_before_the_wished_day_begins(ask):
    tomorrow = timezone.localdate(timezone=LOCAL) + timedelta(days=1)
    trial_day = ask(confirmed=False)
    TrialDay.objects.filter(pk=trial_day.pk).update(day=tomorrow, alternative_day=None)
    trial_day.refresh_from_db()
    trial_day = trial_days.confirm_trial_day(trial_day)
    trial_day.refresh_from_db()
    until = trial_day.respond_by.astimezone(LOCAL)
    assert (until.date(), until.time()) == (tomorrow, conf.ANSWER_BEFORE)


def test_a_request_lapses_when_its_days_are_over(ask):
    trial_day = ask()
    TrialDay.objects.update(day=timezone.localdate() - timedelta(days=1))
    trial_day.refresh_from_db()
    with pytest.raises(DayNotPossible):
        trial_days.accept_trial_day(trial_day)
    assert trial_days.lapse_trial_days() == 1


def test_one_that_cannot_lapse_does_not_hold_up_the_others(ask, outbox, caplog):
    first, second = ask(email="kaputt@person.example"), ask(email="heil@person.example")
    overdue(first)
    overdue(second)
    TrialDay.objects.filter(pk=first.pk).update(respond_by=timezone.now() - timedelta(minutes=5))

    def refuse(sender, instance, **_kwargs):
        if instance.to == first.email:
            raise RuntimeError("no such mailbox")

    pre_save.connect(refuse, sender=OutboxMail)
    try:
        assert trial_days.lapse_trial_days() == 1
    finally:
        pre_save.disconnect(refuse, sender=OutboxMail)
    assert f"{first.number} could not lapse" in caplog.text
    assert "verfallen" in outbox(second.email)[-1].subject
    first.refresh_from_db()
    assert first.state == TrialDayState.REQUESTED
    assert trial_days.lapse_trial_days() == 1


@pytest.mark.parametrize("verb", [trial_days.confirm_trial_day, trial_days.accept_trial_day])
def test_nothing_is_taken_back_when_the_day_is_over(client, ask, outbox, operator, verb):
    trial_day = ask(confirmed=verb is trial_days.accept_trial_day)
    verb(trial_day)
    yesterday = timezone.localdate() - timedelta(days=1)
    TrialDay.objects.update(day=yesterday, accepted_day=yesterday if trial_day.accepted_day else None)
    before = len(outbox())
    state_page = links.path(links.STATE, trial_day)
    assert "zuruecknehmen" not in client.get(state_page).content.decode()
    client.post(links.path(links.STATE, trial_day, url_name="coworking:trial_day_withdraw"))
    assert TrialDay.objects.get().state == trial_day.state
    assert len(outbox()) == before
    TrialDay.objects.update(**{"accepted_day" if trial_day.accepted_day else "alternative_day": timezone.localdate()})
    assert "zuruecknehmen" in client.get(state_page).content.decode()
    trial_days.withdraw_trial_day(TrialDay.objects.get())


def test_taking_back_reads_the_state_anew(ask, outbox, operator):
    """Whoever opened the page before confirming in another tab: the operator knows of the request and is told."""
    unconfirmed = ask(confirmed=False)
    trial_days.confirm_trial_day(TrialDay.objects.get(pk=unconfirmed.pk))
    trial_days.withdraw_trial_day(unconfirmed)
    assert len(outbox(operator.email)) == 2


def test_who_decides_first_decides(ask):
    trial_day = ask()
    trial_days.decline_trial_day(trial_day, text="Belegt")
    for verb in (
        lambda: trial_days.accept_trial_day(trial_day),
        lambda: trial_days.decline_trial_day(trial_day, text="Noch einmal"),
        lambda: trial_days.withdraw_trial_day(trial_day),
    ):
        with pytest.raises(NotWaiting):
            verb()
    trial_day.refresh_from_db()
    assert (trial_day.state, trial_day.decision) == (TrialDayState.DECLINED, "Belegt")


def test_only_open_days_of_spaces_that_offer_it(make_space, ask):
    with pytest.raises(DayNotPossible):
        ask(day=timezone.localdate())
    with pytest.raises(NotOffered):
        ask(at=make_space("Ohne", trial_day=False), day=timezone.localdate() + timedelta(days=3))


@pytest.mark.django_db(transaction=True)
def test_accepting_and_lapsing_at_once_has_one_winner(ask, outbox):
    """Real rows, two connections, twelve trials: the operator clicks at the moment at which the worker sweeps up."""
    winners = set()
    for turn in range(12):
        trial_day = ask(email=f"mia{turn}@person.example")
        moment = timezone.now() + timedelta(hours=73)
        results = _at_once(
            lambda trial_day=trial_day: trial_days.accept_trial_day(TrialDay.objects.get(pk=trial_day.pk)),
            lambda moment=moment: trial_days.lapse_trial_days(now=moment) or _lost(),
            first=turn % 2,
        )
        trial_day.refresh_from_db()
        assert results.count("won") == 1, results
        assert trial_day.state == (TrialDayState.ACCEPTED if results[0] == "won" else TrialDayState.LAPSED)
        told = [mail.subject for mail in outbox(trial_day.email)]
        assert len([subject for subject in told if "Zugesagt" in subject or "verfallen" in subject]) == 1
        winners.add(trial_day.state)


def _lost():
    raise NotWaiting


def _at_once(*verbs, first):
    gate, results = threading.Barrier(len(verbs)), [""] * len(verbs)

    def run(index):
        try:
            gate.wait(timeout=10)
            results[index] = _outcome(verbs[index])
        finally:
            connection.close()

    order = range(len(verbs)) if first == 0 else reversed(range(len(verbs)))
    threads = [threading.Thread(target=run, args=[index]) for index in order]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def _outcome(verb):
    for _turn in range(1000):
        try:
            verb()
        except NotWaiting:
            return "lost"
        except OperationalError as error:
            # SQLite's database in memory, as tests use it, refuses instead of waiting: try again, as a person would.
            if "locked" not in str(error):
                return repr(error)
        except Exception as error:
            return repr(error)
        else:
            return "won"
    return "never got the lock"


def test_without_the_condition_both_would_win(ask):
    """The control: reading first and writing afterwards lets both win, so the test above can fail."""
    pk = ask().pk
    operator_sees, worker_sees = TrialDay.objects.get(pk=pk), TrialDay.objects.get(pk=pk)
    winners = []
    for row, state in ((operator_sees, TrialDayState.ACCEPTED), (worker_sees, TrialDayState.LAPSED)):
        if row.state == TrialDayState.REQUESTED:
            row.state = state
            row.save(update_fields=["state"])
            winners.append(state)
    assert winners == [TrialDayState.ACCEPTED, TrialDayState.LAPSED]


def test_retention(ask, space):
    ask(confirmed=False, email="alt@person.example")
    TrialDay.objects.update(asked_at=timezone.now() - timedelta(days=3))
    ask(confirmed=False, email="neu@person.example")
    past = ask(email="gewesen@person.example")
    TrialDay.objects.filter(pk=past.pk).update(day=timezone.localdate() - timedelta(days=181))
    later = ask(email="spaeter@person.example")
    TrialDay.objects.filter(pk=later.pk).update(
        day=timezone.localdate() - timedelta(days=181), alternative_day=timezone.localdate() - timedelta(days=170)
    )
    now = timezone.now()
    assert privacy.erase_unconfirmed(before=now - timedelta(days=2)) == 1
    assert privacy.erase_past(before=now - timedelta(days=180)) == 1
    assert sorted(TrialDay.objects.values_list("email", flat=True)) == ["neu@person.example", "spaeter@person.example"]
    assert privacy.erase_past(before=now - timedelta(days=180)) == 0


def test_health_speaks_up_when_the_worker_sleeps(ask):
    trial_day = ask()
    assert trial_days.health() is None
    TrialDay.objects.filter(pk=trial_day.pk).update(respond_by=timezone.now() - timedelta(hours=1))
    assert "overdue" in trial_days.health()
