"""The log lists of the admin under attack: each list gets every attack that wagtail-modeladmin alone lets through."""

import uuid
from datetime import UTC, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from openpyxl import load_workbook

from coworking.models import Space, TrialDay
from ehrenamt.models import Enquiry, Offer
from regiokit.loglists import spreadsheet
from regiokit.mail.models import OutboxMail
from regiokit.organisations.models import Organisation
from regiokit.places.models import Municipality

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]

NOON = datetime(2026, 7, 1, 10, 0, 30, tzinfo=UTC)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", '=hyperlink("http://x.example","klick")', "a\x0bb")


def make_enquiries(number: int, **fields) -> list:
    town = Municipality.objects.first()
    values = {"name": "Petra", "email": "petra@person.example", "message": "Guten Tag", "offer_title": "Vorlesen"}
    values = {**values, "state": "waiting", **fields}
    organisation = Organisation.objects.create(name=values.pop("group", "Lesebrücke"), municipality=town)
    return Enquiry.objects.bulk_create(
        [Enquiry(organisation=organisation, key=uuid.uuid4().hex, **values) for _turn in range(number)]
    )


def make_trial_days(number: int, **fields) -> list:
    town = Municipality.objects.first()
    owner = Organisation.objects.create(name="Betrieb", municipality=town)
    space = Space.objects.create(
        organisation=owner,
        municipality=town,
        name=fields.pop("group", "Haus"),
        summary="Ruhig",
        street="Weg 1",
        opening_hours="24/7",
        live=False,
    )
    values = {"name": "Mia", "email": "mia@person.example", "day": timezone.localdate(), "state": "requested", **fields}
    return TrialDay.objects.bulk_create(
        [TrialDay(space=space, key=uuid.uuid4(), uid=uuid.uuid4(), **values) for _turn in range(number)]
    )


def make_mails(number: int, **fields) -> list:
    values = {"to": "a@person.example", "subject": fields.pop("group", "Guten Tag"), "text": "GEHEIM", **fields}
    return OutboxMail.objects.bulk_create([OutboxMail(**values) for _turn in range(number)])


LISTS = {
    "ehrenamt_enquiries": SimpleNamespace(
        make=make_enquiries, permission="view_enquiry", oracle="offer__latest_revision__user__password__startswith"
    ),
    "coworking_trial_days": SimpleNamespace(
        make=make_trial_days, permission="view_trialday", oracle="space__latest_revision__user__password__startswith"
    ),
    "regiokit_outbox": SimpleNamespace(make=make_mails, permission="view_outboxmail", oracle="text__startswith"),
}


@pytest.fixture(params=LISTS)
def log(request):
    """One of the lists, with its address and its maker."""
    return SimpleNamespace(name=request.param, index=reverse(f"{request.param}:index"), **vars(LISTS[request.param]))


def staff(*permissions: str) -> Client:
    user = get_user_model().objects.create_user(f"{uuid.uuid4().hex}@kreis.example")
    group = Group.objects.create(name=uuid.uuid4().hex)
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *permissions]))
    user.groups.add(group)
    client = Client(headers={"Accept-Language": "de"})
    client.force_login(user, backend="portal.accounts.backends.CodeOnlyBackend")
    return client


@pytest.fixture
def viewer(log):
    """Somebody who may look at this list and nothing else."""
    return staff(log.permission)


def numbers(answer) -> list[str]:
    assert answer.status_code == 200
    table = BeautifulSoup(answer.content, "html.parser").select("tr[data-object-pk]")
    return [row["data-object-pk"] for row in table]


def sheet(answer):
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith('.xlsx"')
    return load_workbook(BytesIO(answer.getvalue())).active


def test_the_list_shows_finds_narrows_and_opens(log, viewer):
    wanted, *_others = log.make(3)
    assert len(numbers(viewer.get(log.index))) == 3
    page = viewer.get(reverse(f"{log.name}:inspect", args=[wanted.pk]))
    assert page.status_code == 200
    assert "Zurück zur Liste" in page.content.decode()
    log.make(1, state="declined" if log.name != "regiokit_outbox" else "failed")
    state = "declined" if log.name != "regiokit_outbox" else "failed"
    assert len(numbers(viewer.get(log.index, {"state": state}))) == 1
    assert len(numbers(viewer.get(log.index, {"q": "person.example"}))) == 4
    assert numbers(viewer.get(log.index, {"q": "niemand"})) == []
    assert "Dazu gibt es nichts" in viewer.get(log.index, {"q": "niemand"}).content.decode()


def test_an_empty_list_says_so(log, viewer):
    text = BeautifulSoup(viewer.get(log.index).content, "html.parser").select_one("main").get_text()
    assert "Noch hat" in text


def test_lookups_across_relations_are_no_oracle(log, viewer):
    rows = log.make(3)
    author = get_user_model().objects.create_user("autor@kreis.example")
    author.password = "pbkdf2_sha256$geheim"
    author.save()
    for row in rows:
        for entry in (getattr(row, "space", None), getattr(row, "offer", None)):
            if entry:
                entry.save_revision(user=author)
    everything = numbers(viewer.get(log.index))
    for value in ("pbkdf2", "x", "GEHEIM", "", "%", "_"):
        assert numbers(viewer.get(log.index, {log.oracle: value})) == everything


@pytest.mark.parametrize(
    "question",
    [
        "_connector=OR&_negated=1",
        "_connector=x",
        "utm_source=mail&utm_campaign=herbst",
        "state__exact=waiting&state__in=waiting",
        "state=nirgends",
        "state=waiting%27%20OR%201=1",
        "pk=1&id=1&id__gt=0",
        "created_at__gte=2000-01-01&day__year=x",
        "created_at=gestern&asked_at=immer",
        "email__startswith=p&name__regex=.*&text__contains=G",
        "e=1&ot=asc&all=1&locale=de",
        "p=0",
        "p=-1",
        "p=999999",
        "p=1e9",
        "p=%C2%B2",
        "p=" + "9" * 5000,
        "o=99",
        "o=-99.3.x",
        "o=--1",
        "o=text",
        "o=%C2%B2",
        "o=" + "1." * 3000,
        "export=csv",
        "export=json",
        "q=%25_%5C%27%22",
    ],
)
def test_undeclared_questions_change_nothing(log, viewer, question):
    log.make(3)
    everything = numbers(viewer.get(log.index))
    answer = viewer.get(f"{log.index}?{question}")
    assert answer["Content-Type"].startswith("text/html")
    if not question.startswith("q="):
        assert numbers(answer) == everything
    # What was dropped is not carried on by the links and forms of the page either.
    assert "utm_" not in answer.content.decode()
    assert "password" not in answer.content.decode()


def test_only_declared_columns_sort(log, viewer):
    log.make(2)
    page = BeautifulSoup(viewer.get(log.index).content, "html.parser")
    for link in page.select("th a[href]"):
        assert len(numbers(viewer.get(log.index + link["href"]))) == 2
    with CaptureQueriesContext(connection) as queries:
        viewer.get(log.index, {"o": "0"})
    assert "ORDER BY" in "".join(query["sql"] for query in queries)
    assert 'subject" ASC' not in "".join(query["sql"] for query in queries)


def test_a_search_of_a_megabyte_is_cut(log, viewer):
    log.make(2)
    assert numbers(viewer.get(log.index, {"q": "person.example" + " " * 1_000_000})) != []
    with CaptureQueriesContext(connection) as queries:
        assert numbers(viewer.get(log.index, {"q": "ö " * 500_000})) == []
    assert max(len(query["sql"]) for query in queries) < 20_000


def test_nul_and_control_characters_are_refused_or_ignored(log, viewer):
    log.make(2)
    assert viewer.get(log.index + "?q=%00").status_code == 400
    assert viewer.get(log.index + "?state=%00").status_code == 400


@pytest.mark.parametrize("number", ["0", "999999999", "9" * 60, "-1", "abc", "1%27", "1/../2"])
def test_numbers_that_are_not_there(log, viewer, number):
    log.make(1)
    assert viewer.get(f"{log.index}{number}/").status_code == 404


def test_nothing_creates_edits_deletes_or_tells_the_history(log):
    row = log.make(1)[0]
    root = Client()
    root.force_login(
        get_user_model().objects.create_superuser("root@kreis.example"),
        backend="portal.accounts.backends.CodeOnlyBackend",
    )
    for action in ("create", "add", "new", "edit", "delete", "history", "copy"):
        for arguments in ([], [row.pk]):
            with pytest.raises(NoReverseMatch):
                reverse(f"{log.name}:{action}", args=arguments)
        for path in (f"{log.index}{action}/", f"{log.index}{action}/{row.pk}/", f"{log.index}{row.pk}/{action}/"):
            assert root.get(path).status_code == 404
            assert root.post(path, {"state": "sent"}).status_code == 404
    for path in (log.index, reverse(f"{log.name}:inspect", args=[row.pk])):
        assert root.post(path, {"state": "sent", "delete": "1"}).status_code == 405
    assert type(row).objects.get().state == row.state


def test_only_view_opens_the_list(log):
    row = log.make(1)[0]
    model = log.permission.removeprefix("view_")
    without = staff(*(f"{action}_{model}" for action in ("add", "change", "delete")))
    for path in (
        log.index,
        log.index + "?export=xlsx",
        reverse(f"{log.name}:inspect", args=[row.pk]),
        f"{log.index}999/",
    ):
        answer = without.get(path)
        assert answer.status_code == 302
        assert answer["Location"] == reverse("wagtailadmin_home")
        assert Client().get(path).status_code == 302
    assert log.index not in without.get(reverse("wagtailadmin_home")).content.decode()
    assert log.index in staff(log.permission).get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("formula", FORMULAS)
def test_formulas_stay_text_in_the_file(log, viewer, formula):
    log.make(1, group=formula)
    cells = [cell for row in sheet(viewer.get(log.index, {"export": "xlsx"})).iter_rows(min_row=2) for cell in row]
    clean = formula.replace("\x0b", " ").replace("\r", "\n")
    texts = [
        cell
        for cell in cells
        if cell.value is not None and str(cell.value).replace("\r", "\n").strip() == clean.strip()
    ]
    assert texts
    for cell in texts:
        assert (cell.data_type, cell.number_format, cell.quotePrefix) == ("s", "@", True)
    assert [cell for cell in cells if cell.data_type == "f"] == []


def test_moments_are_real_dates_in_local_time(log, viewer):
    field = "asked_at" if log.name == "coworking_trial_days" else "created_at"
    log.make(1, **{field: NOON})
    cells = [cell for row in sheet(viewer.get(log.index, {"export": "xlsx"})).iter_rows(min_row=2) for cell in row]
    (moment,) = [cell for cell in cells if cell.value == datetime(2026, 7, 1, 12, 0, 30)]
    assert moment.is_date
    assert moment.number_format == "DD.MM.YYYY HH:MM"


def test_the_file_follows_the_filters_and_names_nobody(log, viewer):
    log.make(3)
    log.make(1, state="failed" if log.name == "regiokit_outbox" else "declined")
    state = "failed" if log.name == "regiokit_outbox" else "declined"
    whole = sheet(viewer.get(log.index, {"export": "xlsx"}))
    assert whole.max_row == 5
    assert sheet(viewer.get(log.index, {"export": "xlsx", "state": state})).max_row == 2
    texts = [str(cell.value) for row in whole.iter_rows() for cell in row]
    assert not [text for text in texts if "person.example" in text or text in {"Petra", "Mia", "GEHEIM"}]


def test_the_file_is_bounded(log, viewer, monkeypatch):
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 4)
    log.make(6)
    file = sheet(viewer.get(log.index, {"export": "xlsx"}))
    assert file.max_row == 6
    assert "mehr Einträge" in file.cell(6, 1).value


def test_list_and_file_need_the_same_queries_for_every_length(log, viewer):
    def count(**question) -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = viewer.get(log.index, question)
            assert answer.status_code == 200
            answer.getvalue() if question else None
        return len(queries)

    log.make(3)
    count()
    few = count(), count(export="xlsx")
    log.make(57)
    assert (count(), count(export="xlsx")) == few


def test_codes_and_links_are_never_shown(client):
    user = get_user_model().objects.create_user("anna@verein.example")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.post(reverse("account_login"), {"login": user.email})
    mail = OutboxMail.objects.get(to=user.email)
    code = mail.subject.rpartition(": ")[2]
    assert len(code) >= 6
    viewer = staff("view_outboxmail")
    index = reverse("regiokit_outbox:index")
    inspect = viewer.get(reverse("regiokit_outbox:inspect", args=[mail.pk])).content.decode()
    for text in (viewer.get(index).content.decode(), inspect):
        assert "Ihr Code für die Anmeldung: •••" in text
        assert code not in text
        assert "http" not in BeautifulSoup(text, "html.parser").select_one("main").get_text()
    cells = [str(cell.value) for row in sheet(viewer.get(index, {"export": "xlsx"})).iter_rows() for cell in row]
    assert not [text for text in cells if code in text]
    # Neither the search nor the order tells how the code begins.
    assert numbers(viewer.get(index, {"q": code})) == numbers(viewer.get(index, {"q": code[:2] + "!"}))


def test_subjects_keep_names_and_numbers_that_are_no_codes():
    shown = OutboxMail(subject="Neue Anfrage E-1042: Vorlesen für Grundschüler, DRK, 12.12.").shown_subject
    assert shown == "Neue Anfrage E-1042: Vorlesen für Grundschüler, DRK, 12.12."
    for code in ("K7QX-9WMB", "123456", "ABCDEFGH", "A1B2C3"):
        assert OutboxMail(subject=f"Ihr Code: {code}.").shown_subject == "Ihr Code: •••."


def test_periods_narrow(viewer, log):
    field = "asked_at" if log.name == "coworking_trial_days" else "created_at"
    for days in (0, 3, 20, 60):
        log.make(1, **{field: timezone.now() - timedelta(days=days)})
    found = {
        period: len(numbers(viewer.get(log.index, {field: period}))) for period in ("today", "week", "month", "older")
    }
    assert found == {"today": 1, "week": 2, "month": 3, "older": 1}


def test_an_enquiry_about_an_offer_that_is_gone_can_be_read():
    row = make_enquiries(1)[0]
    assert row.offer is None
    assert Offer.objects.count() == 0
    assert staff("view_enquiry").get(reverse("ehrenamt_enquiries:inspect", args=[row.pk])).status_code == 200
