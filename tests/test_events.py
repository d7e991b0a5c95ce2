"""The calendar: what is shown and for how long, filters, files for other calendars, and the editor's form."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import Page, Site

from portal.accounts.domain.staff import EDITORS, make_staff
from portal.editorial.models import EventIndexPage, EventPage, HomePage
from portal.editorial.recurrence import days_text
from portal.region.models import MenuEntry, SiteDetails
from portal.sitemaps import PageSitemap
from portal.sitesearch.pages import forget_past, source
from regiokit.places.models import Municipality
from regiokit.search.domain import listed, rebuild

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
DAY = timedelta(days=1)


@pytest.fixture
def calendar():
    return HomePage.objects.get().add_child(instance=EventIndexPage(title="Termine", slug="termine"))


@pytest.fixture
def write(calendar):
    def write_event(title="Treffen", in_days=3, **fields):
        values = {
            "kind": "meeting",
            "starts_on": timezone.localdate() + in_days * DAY,
            "start_time": time(19),
            "end_time": time(21),
            "organiser": "Verein",
            "town": Municipality.objects.order_by("name").first(),
            **fields,
        }
        return calendar.add_child(instance=EventPage(title=title, **values))

    return write_event


def text(client, address="/termine/", **question):
    answer = client.get(address, question)
    assert answer.status_code == 200
    return answer.content.decode()


def weekly(day: date) -> str:
    return "FREQ=WEEKLY;BYDAY=" + ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[day.weekday()]


def let_weeks_pass(weeks: int) -> None:
    """Bring every event nearer by so many weeks, past the page's own verbs: nobody saves anything when time goes by."""
    for event in EventPage.objects.all():
        over_at = event.over_at and event.over_at - weeks * 7 * DAY
        EventPage.objects.filter(pk=event.pk).update(starts_on=event.starts_on - weeks * 7 * DAY, over_at=over_at)


def test_empty_calendar_says_so(client, calendar):
    assert "Zurzeit steht kein Termin im Kalender." in text(client)


def test_repetition_stands_on_each_of_its_days(client, write):
    start = timezone.localdate() + DAY
    event = write("Sprechstunde", in_days=1, rrule=weekly(start) + ";COUNT=3", exdates=days_text([start + 7 * DAY]))
    page = text(client)
    assert page.count(f'href="{event.url}"') == 2
    assert "2 Termine" in page
    own = text(client, event.url)
    assert "insgesamt 3 Mal, 19–21 Uhr" in own
    assert "Fällt aus" in own


def test_filters_narrow_the_list_and_the_file(client, write):
    one, other = Municipality.objects.order_by("name")[:2]
    write("Hier", town=one, kind="course")
    write("Dort", town=other)
    write("Überall", town=None)
    for address in ("/termine/", "/termine/ical/"):
        found = text(client, address, town=one.pk)
        assert ("Hier" in found, "Dort" in found, "Überall" in found) == (True, False, True)
        found = text(client, address, kind="course")
        assert ("Hier" in found, "Überall" in found) == (True, False)


def test_periods_begin_today(client, write):
    write("Bald", in_days=0, start_time=None, end_time=None)
    write("Später", in_days=20)
    write("Viel später", in_days=40)
    today, month, whole = (text(client, period=period) for period in ("today", "month", ""))
    assert [name in today for name in ("Bald", "Später")] == [True, False]
    assert [name in month for name in ("Bald", "Später", "Viel später")] == [True, True, False]
    assert "Viel später" in whole


@pytest.mark.parametrize("question", [{"period": "x"}, {"town": "'"}, {"kind": "\u202e"}, {"town": "9" * 400}])
def test_filters_that_do_not_exist_are_named(client, write, question):
    write()
    answer = client.get("/termine/", question)
    assert answer.status_code == 400
    assert "Bitte prüfen Sie Ihre Angaben" in answer.content.decode()
    assert client.get("/termine/ical/", question).status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "99"])
def test_pages_of_the_calendar_that_do_not_exist_are_404(client, write, page):
    write()
    assert client.get("/termine/", {"page": page}).status_code == 404


def test_long_calendar_has_pages_that_keep_the_filters(client, write):
    for number in range(22):
        write(f"Treffen {number}")
    page = text(client, kind="meeting")
    assert "?kind=meeting&amp;page=2" in page
    assert text(client, kind="meeting", page=2).count("rk-row__title") == 2


def test_list_and_home_need_the_same_queries_for_3_and_60(client, write, django_assert_max_num_queries):
    def queries(address, limit):
        client.get(address)
        with django_assert_max_num_queries(limit) as counted:
            assert client.get(address).status_code == 200
        return len(counted)

    details = SiteDetails.objects.create(site=Site.objects.get())
    MenuEntry.objects.create(details=details, label="Kontakt", address="/kontakt/")
    for number in range(3):
        write(f"Treffen {number}", rrule=weekly(timezone.localdate() + 3 * DAY))
    addresses = {"/termine/": 12, "/": 10, "/termine/ical/": 8}
    few = {address: queries(address, limit) for address, limit in addresses.items()}
    for number in range(57):
        write(f"Noch ein Treffen {number}", rrule=weekly(timezone.localdate() + 3 * DAY))
    assert {address: queries(address, limit) for address, limit in addresses.items()} == few


def test_what_is_over_leaves_by_itself(client, write):
    over = write("Sommerfest", in_days=1)
    series = write("Kurs", in_days=1, rrule=weekly(timezone.localdate() + DAY) + ";COUNT=2")
    rebuild(source)
    everywhere = ("/termine/", "/", "/termine/ical/", "/suche/?q=Sommerfest")
    for address in everywhere:
        assert over.url in text(client, address)
    assert over.url in {PageSitemap().location(page) for page in PageSitemap().items()}
    let_weeks_pass(1)
    for address in everywhere:
        assert over.url not in text(client, address)
    assert over.url not in {PageSitemap().location(page) for page in PageSitemap().items()}
    assert series.url in text(client)
    own = text(client, over.url)
    assert "Diese Veranstaltung ist vorbei" in own
    assert "noindex" in own
    assert series.url in own
    let_weeks_pass(1)
    assert series.url not in text(client)
    assert "Diese Veranstaltung ist vorbei" in text(client, series.url)


def test_index_forgets_what_is_over(write, django_capture_on_commit_callbacks):
    over, coming = write("Sommerfest", in_days=1), write("Winterfest", in_days=30)
    rebuild(source)
    let_weeks_pass(1)
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_past() == 1
    assert listed(source.key, [over.pk, coming.pk]) == [coming.pk]
    assert forget_past() == 0


def test_cancelled_events_say_so_and_are_no_invitation(client, write):
    event = write("Wanderung", state="cancelled", state_note="Zu nass.")
    assert "abgesagt" in text(client)
    assert "Wanderung" not in text(client, "/")
    own = text(client, event.url)
    assert "Zu nass." in own
    assert "Anmelden</h2>" not in own


def entries(client, address="/termine/ical/"):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content), {
        str(found["SUMMARY"]): found for found in Calendar.from_ical(answer.content).walk("VEVENT")
    }


def test_calendar_file_has_zone_rule_exceptions_and_states(client, write):
    start = timezone.localdate() + 3 * DAY
    until = start + 70 * DAY
    write("Reihe", rrule=f"{weekly(start)};UNTIL={until:%Y%m%d}", exdates=days_text([start + 7 * DAY]))
    write("Ganzer Tag", start_time=None, end_time=None, ends_on=start + DAY)
    write("Fällt aus", state="cancelled")
    file, found = entries(client)
    assert [str(zone["TZID"]) for zone in file.walk("VTIMEZONE")] == ["Europe/Berlin"]
    row = found["Reihe"]
    assert row["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert row["DTSTART"].dt.hour == 19
    end = row["RRULE"]["UNTIL"][0]
    assert end == timezone.make_aware(datetime.combine(until, time(23, 59, 59)))
    assert [entry.dt.date() for entry in row["EXDATE"].dts] == [start + 7 * DAY]
    whole = found["Ganzer Tag"]
    assert (whole["DTSTART"].dt, whole["DTEND"].dt) == (start, start + 2 * DAY)
    assert found["Fällt aus"]["STATUS"] == "CANCELLED"
    assert len({str(entry["UID"]) for entry in found.values()}) == 3
    for entry in found.values():
        assert {"DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "URL"} <= set(entry)


def test_exceptions_of_whole_days_are_days(client, write):
    start = timezone.localdate() + 3 * DAY
    event = write("Messe", start_time=None, end_time=None, rrule=weekly(start), exdates=days_text([start + 7 * DAY]))
    raw = client.get(event.url + "ical/").content.decode()
    assert f"EXDATE;VALUE=DATE:{start + 7 * DAY:%Y%m%d}" in raw


def test_calendar_file_keeps_its_id_and_counts_changes(client, write):
    event = write("Fest")
    _file, before = entries(client, event.url + "ical/")
    event.title, event.lead = "Großes Fest", "Mit Musik."
    event.save_revision().publish()
    event.refresh_from_db()
    assert event.sequence == 0
    stale = event.save_revision()
    event.start_time = time(18)
    event.save_revision().publish()
    event.state = "cancelled"
    event.save_revision().publish()
    stale.publish()
    _file, after = entries(client, event.url + "ical/")
    assert before["Fest"]["UID"] == after["Großes Fest"]["UID"]
    assert after["Großes Fest"]["SEQUENCE"] == 3


def test_drafts_and_closed_events_stay_out(client, write):
    draft = write("Entwurf", live=False)
    _file, found = entries(client)
    assert "Entwurf" not in found
    assert "Entwurf" not in text(client)
    assert client.get(draft.url + "ical/").status_code == 404


def test_line_breaks_and_commas_do_no_harm_to_the_file(client, write):
    write("Fest, mit; allem\\", lead="Erste\r\nBEGIN:VEVENT\nZeile", place="A; B, C" * 20)
    _file, found = entries(client)
    assert len(found) == 1
    raw = client.get("/termine/ical/").content
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))


@pytest.mark.parametrize("between", ["\r", "\n", "\r\n"])
def test_line_breaks_in_the_name_of_a_calendar_are_blanks(client, write, between):
    event = write(f"Fest, groß{between}X-EVIL:1")
    raw = client.get(f"{event.get_url()}ical/").content
    assert b"X-WR-CALNAME:Fest\\, gro\xc3\x9f X-EVIL:1\r\n" in raw


@pytest.fixture
def editor(client):
    client.force_login(make_staff("redaktion@kreis.example", group=EDITORS))
    return client


def form(**fields):
    return {
        "title": "Reihe",
        "slug": "reihe",
        "kind": "meeting",
        "starts_on": "08.12.2026",
        "start_time": "19:00",
        "end_time": "21:00",
        "state": "planned",
        "organiser": "Verein",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        **fields,
    }


@pytest.mark.parametrize(
    ("fields", "rule", "without"),
    [
        ({}, "", ""),
        ({"repeat": "weekly"}, "FREQ=WEEKLY;BYDAY=TU", ""),
        (
            {"repeat": "weekly", "repeat_days": ["1", "3"], "repeat_interval": "2", "repeat_count": "9"},
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=9",
            "",
        ),
        ({"repeat": "nth_weekday", "repeat_until": "30.03.2027"}, "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270330", ""),
        (
            {"repeat": "month_day", "repeat_without": "8.1.2027; 08.02.2027"},
            "FREQ=MONTHLY;BYMONTHDAY=8",
            "20270108,20270208",
        ),
        ({"repeat": "last_weekday", "starts_on": "25.12.2026"}, "FREQ=MONTHLY;BYDAY=-1FR", ""),
    ],
)
def test_editors_say_a_repetition_in_plain_fields(editor, calendar, fields, rule, without):
    answer = editor.post(f"/admin/pages/add/editorial/eventpage/{calendar.pk}/", form(**fields))
    assert answer.status_code == 302, answer.context["form"].errors
    event = EventPage.objects.get()
    assert (event.rrule, event.exdates) == (rule, without)
    shown = editor.get(f"/admin/pages/{event.pk}/edit/").context["form"]
    assert (shown["repeat"].value() or "") == fields.get("repeat", "")
    again = {name: value for name, value in form(**fields).items() if not name.startswith("repeat")}
    kept = {name: shown[name].value() for name in shown.fields if name.startswith("repeat")}
    kept = {name: f"{value:%d.%m.%Y}" if isinstance(value, date) else value for name, value in kept.items() if value}
    assert editor.post(f"/admin/pages/{event.pk}/edit/", {**again, **kept}).status_code == 302
    assert event.get_latest_revision_as_object().rrule == rule


@pytest.mark.parametrize(
    ("fields", "wrong", "says"),
    [
        ({"repeat": "weekly", "repeat_days": ["2"]}, "repeat_days", "anderen Wochentag"),
        ({"repeat": "weekly", "repeat_interval": "0"}, "repeat_interval", "1"),
        ({"repeat": "weekly", "repeat_count": "501"}, "repeat_count", "500"),
        ({"repeat": "weekly", "repeat_count": "2", "repeat_until": "30.03.2027"}, "repeat_count", "nicht beides"),
        ({"repeat": "weekly", "repeat_until": "30.03.2026"}, "repeat_until", "ersten Termins"),
        ({"repeat": "weekly", "repeat_without": "morgen"}, "repeat_without", "24.12.2026"),
        ({"repeat": "month_day", "starts_on": "31.12.2026"}, "repeat", "28."),
        ({"repeat": "nth_weekday", "starts_on": "29.12.2026"}, "repeat", "fünften"),
        ({"repeat": "last_weekday"}, "repeat", "nicht der letzte"),
        ({"repeat": "secondly"}, "repeat", ""),
        ({"ends_on": "07.12.2026"}, "ends_on", "vor dem ersten"),
        ({"end_time": "18:00"}, "end_time", "Mitternacht"),
        ({"starts_on": "31.12.9999"}, "starts_on", "Jahr"),
        ({"starts_on": "01.01.0001"}, "starts_on", "Jahr"),
        ({"starts_on": "31.12.9999", "repeat": "weekly", "repeat_until": "30.12.2026"}, "starts_on", "Jahr"),
        ({"ends_on": "31.12.9999"}, "ends_on", "Jahr"),
        ({"repeat": "weekly", "repeat_without": "31.12.9999"}, "repeat_without", "Jahr"),
    ],
)
def test_editors_are_told_what_is_wrong_and_keep_what_they_typed(editor, calendar, fields, wrong, says):
    answer = editor.post(
        f"/admin/pages/add/editorial/eventpage/{calendar.pk}/", form(**fields, **{"action-publish": "1"})
    )
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert says in str(errors[wrong])
    assert "Verein" in answer.content.decode()
    assert not EventPage.objects.exists()


def test_editors_compare_and_copy_events(editor, write):
    event = write("Reihe", rrule=weekly(timezone.localdate() + 3 * DAY))
    first = event.save_revision()
    event.place = "Neues Haus"
    second = event.save_revision()
    assert editor.get(f"/admin/pages/{event.pk}/revisions/compare/{first.pk}...{second.pk}/").status_code == 200
    event.sequence = 7
    copy = event.copy(to=Page.objects.get(pk=event.get_parent().pk), update_attrs={"slug": "kopie"})
    assert copy.rrule == event.rrule
    assert copy.sequence == 0
