"""The mails of a trial day, written inside the transaction of the change that causes them."""

from django.urls import reverse

from coworking.domain import trial_day_links as links
from coworking.domain.lists import contact_of, near_by
from coworking.models import TrialDay
from regiokit import conf, mail
from regiokit.conf import absolute
from regiokit.organisations.domain import recipients


def ask_to_confirm(trial_day: TrialDay) -> None:
    """To the person: confirm the address."""
    _to_person("trial_day_confirm", trial_day, button_url=links.address(links.CONFIRM, trial_day))


def tell_received(trial_day: TrialDay) -> None:
    """To the person: the request is on its way, and where its state can be read."""
    _to_person("trial_day_received", trial_day)


def tell_operator(trial_day: TrialDay) -> None:
    """To everybody who acts for the operator: answer within 72 hours, without signing in."""
    _to_operator("trial_day_arrived", trial_day, button_url=links.address(links.ANSWER, trial_day))


def tell_accepted(trial_day: TrialDay) -> None:
    """To the person: come, and here is the day for your calendar."""
    calendar_url = links.address(links.STATE, trial_day, url_name="coworking:trial_day_calendar")
    _to_person("trial_day_accepted", trial_day, calendar_url=calendar_url, contact_of_space=contact_of(trial_day.space))


def tell_declined(trial_day: TrialDay) -> None:
    """To the person: not this time, why, and what lies near by."""
    _to_person("trial_day_declined", trial_day, near=_near(trial_day))


def tell_lapsed(trial_day: TrialDay) -> None:
    """To both: nobody answered in time, and how it can go on."""
    _to_person("trial_day_lapsed", trial_day, near=_near(trial_day), contact_of_space=contact_of(trial_day.space))
    _to_operator("trial_day_lapsed_operator", trial_day, button_url=absolute(_my_spaces()))


def tell_withdrawn(trial_day: TrialDay) -> None:
    """To the operator: the person does not come."""
    _to_operator("trial_day_withdrawn", trial_day, button_url=absolute(_my_spaces()))


def _my_spaces() -> str:
    return reverse("coworking:my_spaces")


def _near(trial_day: TrialDay) -> list[dict]:
    return [
        {"name": space.name, "km": km, "town": space.municipality.name, "url": absolute(space.get_absolute_url())}
        for space, km in near_by(trial_day.space)
    ]


def _to_person(template: str, trial_day: TrialDay, **context) -> None:
    context.setdefault("button_url", links.address(links.STATE, trial_day))
    _queue(template, trial_day.email, trial_day, context)


def _to_operator(template: str, trial_day: TrialDay, **context) -> None:
    addresses = recipients(trial_day.space.organisation)
    if not addresses and conf.contact().get("email"):
        # An operator whom nobody can reach by mail: the county's people call there.
        addresses = [conf.contact()["email"]]
    for address in addresses:
        _queue(template, address, trial_day, context)


def _queue(template: str, to: str, trial_day: TrialDay, context: dict) -> None:
    space = trial_day.space
    context = {"trial_day": trial_day, "space": space, "space_url": absolute(space.get_absolute_url()), **context}
    mail.queue(f"coworking/mail/{template}", to=to, context=context)
