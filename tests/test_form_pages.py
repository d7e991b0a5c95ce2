"""Forms of editors: guards, what comes back, what is stored and for how long, who is told and who may see it."""

import io
import json
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import signing
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.contrib.forms.models import FormSubmission
from wagtail.models import GroupPagePermission

from portal.accounts.domain.staff import EDITORS, make_staff
from portal.editorial.domain import erase_submissions
from portal.editorial.models import ContentPage, FormField, FormPage, HomePage
from regiokit.limits import STAMP
from regiokit.mail.models import OutboxMail

pytestmark = pytest.mark.django_db
FIELDS = (
    ("Ihr Anliegen", "multiline", "", True),
    ("Ihre E-Mail-Adresse", "email", "", False),
    ("Wann passt es?", "date", "", False),
    ("Wie viele kommen?", "number", "", False),
    ("Was davon?", "checkboxes", "Eins\nZwei", False),
    ("Ort", "dropdown", "Hier\nDort", False),
)
TEXT = "answer_ihr_anliegen"


@pytest.fixture(autouse=True)
def _no_limits_of_other_tests():
    cache.clear()


@pytest.fixture
def make_form():
    def make(title="Formular", parent=None, **fields):
        page = FormPage(title=title, **{"purpose": "Nur dafür.", "thanks": "<p>Wir melden uns.</p>", **fields})
        page.form_fields = [
            FormField(label=label, field_type=kind, choices=choices, required=required, sort_order=number)
            for number, (label, kind, choices, required) in enumerate(FIELDS)
        ]
        return (parent or HomePage.objects.get()).add_child(instance=page)

    return make


@pytest.fixture
def page(make_form):
    return make_form(slug="formular")


def stamp(seconds=60):
    return signing.dumps(int(timezone.now().timestamp()) - seconds, salt=STAMP)


def send(client, page, **fields):
    return client.post(page.url, {"stamp": stamp(), TEXT: "Mehr Bänke.", **fields})


def test_form_is_drawn_with_its_guards_and_says_when_it_is_erased(client, page):
    answer = client.get(page.url)
    text = answer.content.decode()
    assert answer.status_code == 200
    for part in ("csrfmiddlewaretoken", 'name="stamp"', 'name="website2"', "Nach 90 Tagen löschen wir", "Nur dafür."):
        assert part in text
    assert set(answer.cookies) == {"csrftoken"}
    assert 'type="file"' not in text


def test_other_pages_set_no_cookie(client, page):
    for address in ("/", page.url + "danke/"):
        assert not client.get(address).cookies


def test_what_is_sent_is_stored_and_thanked_for(client, page):
    answer = send(
        client,
        page,
        answer_ihre_e_mail_adresse="a@b.example",
        answer_wann_passt_es="2026-12-08",
        answer_wie_viele_kommen="3",
        answer_was_davon=["Eins", "Zwei"],
    )
    assert (answer.status_code, answer.url) == (302, page.url + "danke/")
    thanks = client.get(answer.url).content.decode()
    assert "Wir melden uns." in thanks
    assert "Bänke" not in thanks
    stored = FormSubmission.objects.get().form_data
    assert stored[TEXT] == "Mehr Bänke."
    assert stored["answer_was_davon"] == ["Eins", "Zwei"]
    assert set(stored) == {field.clean_name for field in page.form_fields.all()}


def test_a_double_click_is_stored_once(client, page):
    sheet = {"key": client.get(page.url).context["form"]["key"].value()}
    fields = {"answer_wann_passt_es": "2026-12-08", "answer_wie_viele_kommen": "3.5"}
    for _turn in range(2):
        assert send(client, page, **sheet, **fields).status_code == 302
    assert FormSubmission.objects.count() == 1
    assert send(client, page, **sheet, **{TEXT: "Etwas anderes."}).status_code == 302
    assert FormSubmission.objects.count() == 2


def test_two_people_may_answer_alike(client, page):
    for _person in range(2):
        text = client.get(page.url).content.decode()
        (key,) = re.findall(r'name="key" value="([^"]+)"', text)
        assert send(client, page, key=key).status_code == 302
    assert FormSubmission.objects.count() == 2


def test_the_number_of_a_sheet_is_no_answer(client, page):
    send(client, page, key=client.get(page.url).context["form"]["key"].value())
    key = FormSubmission.objects.get().form_data["key"]
    client.force_login(make_staff("redaktion@kreis.example", group=EDITORS))
    address = reverse("wagtailforms:list_submissions", args=[page.pk])
    for question in ("", "?export=csv"):
        said = "".join(part.decode() for part in client.get(address + question))
        assert "Mehr Bänke." in said
        assert key not in said


@pytest.mark.parametrize(
    "fields",
    [
        {TEXT: ""},
        {TEXT: "x" * 4001},
        {TEXT: "a\x00b"},
        {"answer_ihre_e_mail_adresse": "kein"},
        {"answer_wann_passt_es": "2026-02-30"},
        {"answer_wie_viele_kommen": "9" * 5000},
        {"answer_wie_viele_kommen": "NaN"},
        {"answer_was_davon": ["Drei"]},
        {"answer_ort": "<script>"},
        {"website2": "http://x.example"},
        {"stamp": "falsch"},
        {"stamp": ""},
        {"stamp": stamp(-3600)},
    ],
)
def test_wrong_answers_come_back_with_what_was_typed(client, page, fields):
    answer = send(client, page, **{TEXT: "Mehr Bänke & Bäume.", **fields})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Bitte prüfen Sie Ihre Angaben" in text
    assert TEXT in fields or "Mehr Bänke &amp; Bäume." in text
    assert "<script>" not in text.split("<main")[1].split("</main")[0]
    assert not FormSubmission.objects.exists()


def test_empty_form_is_a_wrong_form(client, page):
    answer = client.post(page.url, {})
    assert answer.status_code == 422
    assert "Bitte prüfen Sie Ihre Angaben" in answer.content.decode()


def test_too_many_wait_and_keep_their_text(client, page):
    for number in range(5):
        assert send(client, page, **{TEXT: f"Nummer {number}"}).status_code == 302
    answer = send(client, page, **{TEXT: "Noch eins"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "Noch eins" in answer.content.decode()
    assert FormSubmission.objects.count() == 5


def test_foreign_forms_are_refused(page):
    from django.test import Client

    assert send(Client(enforce_csrf_checks=True), page).status_code == 403


def test_staff_are_told_without_what_was_written(client, make_form):
    page = make_form(slug="formular", notify="amt@kreis.example")
    send(client, page, answer_ihre_e_mail_adresse="person@fremd.example")
    mail = OutboxMail.objects.get()
    assert mail.to == "amt@kreis.example"
    for part in (mail.subject, mail.text, mail.html):
        assert "Bänke" not in part
        assert "person@fremd.example" not in part
    assert reverse("wagtailforms:list_submissions", args=[page.pk]) in mail.text


def test_answers_are_erased_when_the_form_says(client, make_form):
    short, long = make_form("Kurz", slug="kurz", keep_days=7), make_form("Lang", slug="lang", keep_days=365)
    for form in (short, long):
        send(client, form)
    now = timezone.now()

    def old(days):
        FormSubmission.objects.update(submit_time=now - timedelta(days=days))
        return erase_submissions(before=now - timedelta(days=365))

    assert old(6) == 0
    assert old(8) == 1
    assert FormSubmission.objects.get().page_id == long.pk
    assert old(366) == 1


def test_period_is_named_on_the_privacy_page(client):
    assert "Angaben aus den Formularen der Redaktion" in client.get("/datenschutz/").content.decode()


@pytest.fixture
def editor(client):
    client.force_login(make_staff("redaktion@kreis.example", group=EDITORS))
    return client


def test_editors_build_a_form(editor):
    home = HomePage.objects.get()
    address = f"/admin/pages/add/editorial/formpage/{home.pk}/"
    shown = editor.get(address).content.decode()
    assert "Text, eine Zeile" in shown
    assert "Single line text" not in shown
    form = {
        "title": "Neu",
        "slug": "neu",
        "button": "Absenden",
        "purpose": "Nur dafür.",
        "keep_days": "30",
        "thanks": json.dumps({"entityMap": {}, "blocks": [{"key": "a", "text": "Danke.", "type": "unstyled"}]}),
        "intro": "null",
        "form_fields-TOTAL_FORMS": "1",
        "form_fields-INITIAL_FORMS": "0",
        "form_fields-MIN_NUM_FORMS": "1",
        "form_fields-MAX_NUM_FORMS": "20",
        "form_fields-0-label": "Stamp",
        "form_fields-0-field_type": "radio",
        "form_fields-0-choices": "",
        "form_fields-0-ORDER": "1",
        "form_fields-0-id": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        "action-publish": "1",
    }
    refused = editor.post(address, form)
    assert refused.status_code == 200
    assert "je Zeile eins" in refused.content.decode()
    assert editor.post(address, {**form, "keep_days": "366"}).context["form"].errors["keep_days"]
    answer = editor.post(address, {**form, "form_fields-0-choices": "Ja\nNein"})
    assert answer.status_code == 302, answer.context["form"].errors
    page = FormPage.objects.get()
    assert page.form_fields.get().clean_name == "answer_stamp"
    for mode in ("form", "landing"):
        assert editor.get(f"/admin/pages/{page.pk}/edit/preview/?mode={mode}").status_code == 200


def test_exports_run_nothing_in_a_spreadsheet(editor, make_form):
    page = make_form(slug="formular")
    page.form_fields.filter(field_type="email").update(label="=Überschrift")
    evil = ('=HYPERLINK("http://x.example")', "+1", "-1", "@SUM(A1)", "\t=1", "|cmd", "%0A=1")
    for text in evil:
        FormSubmission.objects.create(page=page, form_data={TEXT: text, "answer_was_davon": ["=1", "Zwei"]})
    address = reverse("wagtailforms:list_submissions", args=[page.pk])
    sheet = load_workbook(io.BytesIO(b"".join(editor.get(address, {"export": "xlsx"}).streaming_content))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert len(cells) > len(evil)
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell.value for cell in cells if cell.value.startswith(("=", "+", "-", "@", "\t", "|", "%"))]
    table = b"".join(editor.get(address, {"export": "csv"}).streaming_content).decode()
    assert "'=HYPERLINK" in table
    assert "'@SUM" in table
    assert '"\'=1, Zwei"' in table


def test_submissions_are_for_those_who_may_change_that_page(client, make_form):
    """The class of CVE-2026-44199 and its like: every view of another branch's answers is shut."""
    home = HomePage.objects.get()
    mine, others = (home.add_child(instance=ContentPage(title=title)) for title in ("Unser Amt", "Anderes Amt"))
    open_form, closed_form = (make_form(parent.title, parent=parent) for parent in (mine, others))
    group = Group.objects.create(name="Ein Amt")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(group=group, page=mine, permission_type="change")
    user = make_staff("amt@kreis.example")
    user.groups.add(group)
    client.force_login(user)
    rows = {
        form: FormSubmission.objects.create(page=form, form_data={TEXT: f"Geheim {form.pk}"})
        for form in (open_form, closed_form)
    }
    names = ("list_submissions", "list_submissions_results", "delete_submissions")
    for name in names:
        address = reverse(f"wagtailforms:{name}", args=[closed_form.pk])
        for question in ({}, {"export": "xlsx"}, {"export": "csv"}):
            answer = client.get(address, question)
            assert answer.status_code in {302, 403}
            assert f"Geheim {closed_form.pk}" not in str(answer.content if not answer.streaming else b"")
    picked = {"selected-submissions": [rows[closed_form].pk]}
    for form in (open_form, closed_form):
        address = reverse("wagtailforms:delete_submissions", args=[form.pk])
        client.post(f"{address}?selected-submissions={picked['selected-submissions'][0]}")
    assert FormSubmission.objects.filter(pk=rows[closed_form].pk).exists()
    listing = client.get(reverse("wagtailforms:index")).content.decode()
    assert open_form.title in listing
    assert closed_form.title not in listing
    assert "Geheim" in client.get(reverse("wagtailforms:list_submissions", args=[open_form.pk])).content.decode()
