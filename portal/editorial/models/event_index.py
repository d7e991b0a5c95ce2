"""The calendar: all events as a list by day, with filters, and as an iCalendar file."""

from django import forms
from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.db.models import Q
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from portal.editorial.agenda import agenda, by_month
from portal.editorial.calendar_file import calendar_answer
from portal.editorial.enums import EventKind, Period
from portal.editorial.models.base import EditorialPage
from portal.editorial.models.events import EventPage
from portal.editorial.paging import paging
from regiokit.places.models import Municipality

PER_PAGE = 20


class EventFilter(forms.Form):
    """What somebody wants to see. Every field may be left empty."""

    period = forms.ChoiceField(label=_("Wann?"), choices=[("", _("alle Termine")), *Period.choices], required=False)
    town = forms.ModelChoiceField(
        label=_("Wo?"), queryset=Municipality.objects.none(), empty_label=_("im ganzen Kreis"), required=False
    )
    kind = forms.ChoiceField(label=_("Was?"), choices=[("", _("alles")), *EventKind.choices], required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["town"].queryset = Municipality.objects.filter(county_ags=settings.REGION.ags).order_by("name")

    def wanted(self, events):
        """Narrow the queryset; events without a town belong to every town. Call it on a valid form."""
        if town := self.cleaned_data["town"]:
            events = events.filter(Q(town=town) | Q(town=None))
        if kind := self.cleaned_data["kind"]:
            events = events.filter(kind=kind)
        return events


class EventIndexPage(RoutablePageMixin, EditorialPage):
    """The calendar. `?period=`, `?town=` (AGS), `?kind=` and `?page=` narrow it; `ical/` is it as a file."""

    parent_page_types = ["editorial.HomePage"]
    subpage_types = ["editorial.EventPage"]
    max_count_per_parent = 1
    published_directly = True
    template = "editorial/event_index_page.html"

    class Meta:
        verbose_name = _("Veranstaltungskalender")
        verbose_name_plural = _("Veranstaltungskalender")

    def get_context(self, request, *args, **kwargs):
        """Add one page of dates by month and day. A page that does not exist is a 404."""
        context = super().get_context(request, *args, **kwargs)
        form = context["form"] = EventFilter(request.GET)
        entries = []
        if form.is_valid():
            events = form.wanted(EventPage.shown().child_of(self))
            entries = agenda(events, period=form.cleaned_data["period"])
        try:
            page = Paginator(entries, PER_PAGE).page(request.GET.get("page", 1))
        except InvalidPage as error:
            raise Http404(_("Diese Seite des Kalenders gibt es nicht.")) from error
        filters = QueryDict(mutable=True)
        filters.update({name: request.GET[name] for name in form.fields if request.GET.get(name)})
        context["months"] = by_month(page.object_list)
        context["total"] = len(entries)
        context["filtered"] = bool(filters)
        context["paging"] = paging(page, address=self.get_url(request), query=filters)
        filters.pop("period", None)
        question = f"?{filters.urlencode()}" if filters else ""
        context["calendar_url"] = self.get_url(request) + self.reverse_subpage("calendar") + question
        return context

    @path("")
    def index_route(self, request, *args, **kwargs):
        """Show the list; a filter that does not exist is named, with status 400."""
        response = super().index_route(request, *args, **kwargs)
        if response.context_data["form"].errors:
            response.status_code = 400
        return response

    @path("ical/", name="calendar")
    def calendar(self, request):
        """Answer with all events, or those of a town and kind, as an iCalendar file."""
        form = EventFilter(request.GET)
        if not form.is_valid():
            raise Http404(_("Diesen Kalender gibt es nicht."))
        events = form.wanted(EventPage.shown().child_of(self)).order_by("starts_on", "pk")
        return calendar_answer(events, name=self.title, filename=self.slug)
