"""The signed links of a trial day: what each is for and how long it works."""

from django.urls import reverse

from coworking import conf
from coworking.models import TrialDay
from regiokit.conf import absolute
from regiokit.links import LinkAltered, read, sign

SENT = "coworking.trial_day.sent"
CONFIRM = "coworking.trial_day.confirm"
ANSWER = "coworking.trial_day.answer"
STATE = "coworking.trial_day.state"

_MAX_AGE = {
    SENT: conf.CONFIRM_WITHIN,
    CONFIRM: conf.CONFIRM_WITHIN,
    ANSWER: conf.ANSWER_WITHIN,
    STATE: conf.STATE_LINK_FOR,
}
_URL_NAME = {
    SENT: "coworking:trial_day_sent",
    CONFIRM: "coworking:trial_day_confirm",
    ANSWER: "coworking:trial_day_answer",
    STATE: "coworking:trial_day",
}


def path(purpose: str, trial_day: TrialDay, *, url_name: str = "") -> str:
    """Return the path of a page that this purpose opens."""
    return reverse(url_name or _URL_NAME[purpose], args=[sign(purpose, trial_day.pk)])


def address(purpose: str, trial_day: TrialDay, *, url_name: str = "") -> str:
    """Return the same with scheme and host, for mails."""
    return absolute(path(purpose, trial_day, url_name=url_name))


def find(purpose: str, token: str) -> TrialDay:
    """Return the trial day a link leads to. Raises `LinkExpired`, or `LinkAltered` also when the row was erased."""
    pk = read(purpose, token, max_age=_MAX_AGE[purpose])
    if not isinstance(pk, int):
        raise LinkAltered(purpose)
    found = TrialDay.objects.select_related("space__organisation", "space__municipality", "space__state")
    trial_day = found.defer("space__municipality__outline").filter(pk=pk).first()
    if trial_day is None:
        raise LinkAltered(purpose)
    return trial_day
