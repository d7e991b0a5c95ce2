"""Forms that editors build. What people send stays for as many days as the form says, and is mailed to nobody."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.models import AbstractFormField, FormMixin, FormSubmission
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Page

from portal.editorial.blocks.text import RICH
from portal.editorial.enums import FieldType
from portal.editorial.form_builder import GuardedFormBuilder
from portal.editorial.models.base import EditorialPage
from regiokit import mail
from regiokit.conf import absolute
from regiokit.limits import TooMany, sending
from regiokit.pages import too_many_text

SENT_AN_HOUR = 5
MOST_FIELDS = 20
LONGEST_DAYS = 365
KEY = "key"
"""Beside the answers, which begin with "answer_": which sheet they were written on."""


class FormField(AbstractFormField):
    """One question of a form."""

    page = ParentalKey("editorial.FormPage", on_delete=models.CASCADE, related_name="form_fields")
    field_type = models.CharField(_("Art der Antwort"), max_length=16, choices=FieldType.choices)
    field_type.required_on_save = True

    panels = [
        FieldPanel("label"),
        FieldPanel("help_text"),
        FieldPanel("field_type", classname="formbuilder-type", required_on_save=True),
        FieldPanel("choices", classname="formbuilder-choices"),
        FieldPanel("required"),
    ]

    class Meta(AbstractFormField.Meta):
        verbose_name = _("Feld")
        verbose_name_plural = _("Felder")

    def clean(self):
        """Ask for a list where there is something to choose."""
        super().clean()
        if self.field_type in FieldType.with_choices() and not self.choices.strip():
            raise ValidationError({"choices": _("Bitte geben Sie an, was zur Wahl steht, je Zeile eins.")})

    def get_field_clean_name(self):
        """Keep editors' names apart from the fields of the guards."""
        return f"answer_{super().get_field_clean_name()}"


class FormPage(RoutablePageMixin, FormMixin, EditorialPage):
    """A form. `danke/` is where people arrive who sent it."""

    intro = RichTextField(_("Einleitung"), blank=True, features=RICH)
    button = models.CharField(
        _("Text des Knopfes"), max_length=40, default=_("Nachricht senden"), help_text=_("Sagt, was geschieht.")
    )
    thanks = RichTextField(
        _("Nach dem Senden"),
        features=RICH,
        help_text=_("Was geschieht nun, wer meldet sich, und bis wann?"),
    )
    purpose = models.CharField(
        _("Wofür brauchen Sie die Angaben?"),
        max_length=200,
        help_text=_("Ein Satz für die Menschen, die das Formular ausfüllen. Fragen Sie nur, was Sie dafür brauchen."),
    )
    keep_days = models.PositiveSmallIntegerField(
        _("Nach wie vielen Tagen wird gelöscht?"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_DAYS)],
        help_text=_("1 bis 365 Tage nach dem Senden. So steht es auch unter dem Formular."),
    )
    notify = models.EmailField(
        _("Wer erfährt, dass etwas gekommen ist?"),
        blank=True,
        help_text=_("Die E-Mail enthält nur einen Link in diesen Arbeitsbereich, nichts von dem, was gesendet wurde."),
    )

    form_builder = GuardedFormBuilder
    landing_page_template = "editorial/form_page_done.html"
    content_panels = [
        *EditorialPage.content_panels,
        FieldPanel("intro"),
        InlinePanel("form_fields", heading=_("Felder"), label=_("Feld"), min_num=1, max_num=MOST_FIELDS),
        MultiFieldPanel([FieldPanel("button"), FieldPanel("thanks")], heading=_("Senden")),
        MultiFieldPanel(
            [FieldPanel("purpose"), FieldPanel("keep_days"), FieldPanel("notify")], heading=_("Datenschutz")
        ),
    ]
    parent_page_types = ["editorial.HomePage", "editorial.ContentPage"]
    subpage_types = []
    template = "editorial/form_page.html"

    class Meta:
        verbose_name = _("Formular")
        verbose_name_plural = _("Formulare")

    @path("")
    def index_route(self, request, *args, **kwargs):
        """Show the form; take what was sent, or give it back with what is wrong (422) or too much (429)."""
        sent = request.method == "POST"
        form = self.get_form(request.POST if sent else None, page=self, user=request.user)
        refused = None
        if sent and form.is_valid():
            try:
                sending(request, f"editorial.form.{self.pk}", per_hour=SENT_AN_HOUR)
            except TooMany as error:
                refused = error
            else:
                self.process_form_submission(form)
                return redirect(self.get_url(request) + self.reverse_subpage("done"))
        context = {**self.get_context(request), "form": form, "refused": refused and too_many_text(refused)}
        status = 429 if refused else 422 if sent else 200
        response = TemplateResponse(request, self.get_template(request), context, status=status)
        if refused:
            response["Retry-After"] = str(refused.retry_after)
        return response

    @path("danke/", name="done")
    def done(self, request):
        """Say what happens next, and nothing of what was sent."""
        return self.render_landing_page(request)

    def serve_preview(self, request, mode_name):
        """Show the form or the page after it, as the editor chose."""
        return (
            self.render_landing_page(request) if mode_name == "landing" else super().serve_preview(request, mode_name)
        )

    def get_submissions_list_view_class(self):
        """Return the list with harmless exports; its module wants all models loaded."""
        from portal.editorial.submissions_list import HarmlessSubmissionsView

        return HarmlessSubmissionsView

    @transaction.atomic
    def process_form_submission(self, form) -> FormSubmission:
        """Store the answers and tell the address in `notify` that there is something; return what is stored.

        The same answers on the same sheet are a second click and are not stored again. Two people may well answer alike.
        """
        names = {field.clean_name for field in self.get_form_fields()}
        answers = {name: value for name, value in form.cleaned_data.items() if name in names}
        if key := form.cleaned_data.get(KEY):
            # Two clicks at once stand in line here.
            Page.objects.select_for_update().get(pk=self.pk)
            answers[KEY] = str(key)
            if same := self.get_submissions().filter(form_data=answers).first():
                return same
        submission = FormSubmission.objects.create(page=self, form_data=answers)
        if self.notify:
            context = {
                "page": self,
                "button_label": _("Angaben ansehen"),
                "button_url": absolute(reverse("wagtailforms:list_submissions", args=[self.pk])),
            }
            mail.queue("editorial/mail/form_arrived", to=self.notify, context=context)
        return submission
