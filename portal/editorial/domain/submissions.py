"""Erase what people sent with editors' forms when its time is over."""

from datetime import datetime, timedelta

from django.db import transaction
from wagtail.contrib.forms.models import FormSubmission

from portal.editorial.models.forms import LONGEST_DAYS, FormPage


@transaction.atomic
def erase_submissions(*, before: datetime) -> int:
    """Erase what is older than its form allows; return how many.

    `before` is the moment (UTC) `LONGEST_DAYS` ago, from which the shorter periods of the forms are counted back.
    """
    now = before + timedelta(days=LONGEST_DAYS)
    erased = FormSubmission.objects.filter(submit_time__lt=before).delete()[0]
    for page, days in FormPage.objects.values_list("pk", "keep_days"):
        old = FormSubmission.objects.filter(page=page, submit_time__lt=now - timedelta(days=days))
        erased += old.delete()[0]
    return erased
