"""The page on which an organisation adds, describes, orders and removes the pictures of an entry, without JavaScript."""

from dataclasses import dataclass

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from regiokit import limits
from regiokit.listings.models import ListingLocked, NewerRevision
from regiokit.pages import too_many_text
from regiokit.pictures import PictureRefused
from regiokit.pictures.domain import moved, store_picture
from regiokit.pictures.forms import NewPicture, PictureWords

UPLOADS_PER_HOUR = 60
STEPS = {"front": -1, "back": 1}


@dataclass(frozen=True)
class PicturePage:
    """What differs from plugin to plugin: `base` template, `title`, where to go on, and the verb that saves a draft."""

    base: str
    title: str
    preview_url: str
    save: callable
    breadcrumbs: list


def picture_page(request, listing, page: PicturePage):
    """Show or change the pictures of `listing`, its latest version. Whoever calls has checked whose it is."""
    forms = _forms(request, listing)
    new = _new(request, listing)
    if request.method != "POST":
        return _draw(request, listing, page, forms, new)
    verb, _dot, key = request.POST.get("action", "").partition("-")
    key = int(key) if key.isascii() and key.isdigit() else 0
    if verb == "remove":
        forms = [(row, form) for row, form in forms if row["picture"] != key]
    checked = [form.is_valid() for _row, form in forms]
    if not all(checked):
        return _draw(request, listing, page, forms, new, status=422)
    rows = [form.row(row["picture"]) for row, form in forms]
    if verb in STEPS:
        rows = moved(rows, key, by=STEPS[verb])
    if new and (verb == "add" or request.FILES):
        picture = _added(request, listing, new)
        if picture is None:
            return _draw(request, listing, page, forms, new, status=422)
        rows.append(new.row(picture))
    return _save(request, listing, page, forms, new, rows)


def _forms(request, listing) -> list[tuple[dict, PictureWords]]:
    """A form for the words of each picture that the entry has now."""
    data = request.POST if request.method == "POST" else None
    forms = []
    for row in listing.pictures:
        prefix = f"picture-{row['picture']}"
        # A picture that came in another window was not in the form that was sent.
        sent = data if data is not None and f"{prefix}-alt" in data else None
        words = PictureWords.initial_of(row)
        if data is not None and sent is None:
            sent = {f"{prefix}-{name}": value for name, value in words.items() if value}
        forms.append((row, PictureWords(sent, prefix=prefix, initial=words)))
    return forms


def _new(request, listing) -> NewPicture | None:
    """The form for one more picture, unless there are as many as may be."""
    if len(listing.pictures) >= listing.MOST_PICTURES:
        return None
    sends = request.method == "POST" and (request.POST.get("action") == "add" or request.FILES)
    data, files = (request.POST, request.FILES) if sends else (None, None)
    return NewPicture(data, files, prefix="new", organisation=listing.organisation)


def _added(request, listing, new: NewPicture) -> int | None:
    """Keep the new file; return its key when nothing is missing, otherwise None with the reason in the form."""
    valid = new.is_valid()
    kept = new.cleaned_data.get("kept")
    if file := new.cleaned_data.get("file"):
        try:
            limits.hit("pictures", str(request.user.pk), limit=UPLOADS_PER_HOUR, seconds=3600)
            kept = store_picture(listing.organisation, upload=file, by=request.user)
        except PictureRefused as error:
            new.add_error("file", error.message)
            return None
        except limits.TooMany as error:
            new.add_error("file", too_many_text(error))
            return None
    if valid:
        return kept.pk
    new.kept_picture = kept
    new.data = new.data.copy()
    new.data[new.add_prefix("kept")] = kept.pk if kept else ""
    return None


def _save(request, listing, page: PicturePage, forms, new, rows: list[dict]):
    before = listing.pictures
    seen = request.POST.get("seen", "")
    try:
        listing.pictures = rows
        page.save(listing, by=request.user, seen=int(seen) if seen.isascii() and seen.isdigit() else 0)
    except ListingLocked:
        trouble = _("Die Redaktion arbeitet gerade an diesem Eintrag. Bitte versuchen Sie es später noch einmal.")
    except NewerRevision:
        trouble = _("Inzwischen hat jemand eine neuere Fassung gespeichert. Bitte laden Sie die Seite neu.")
    else:
        return HttpResponseRedirect(request.path)
    listing.pictures = before
    return _draw(request, listing, page, forms, new, status=409, trouble=trouble)


def _draw(request, listing, page: PicturePage, forms, new, *, status: int = 200, trouble: str = ""):
    shown = {picture.pk: picture for picture in listing.shown_pictures}
    context = {
        "base": page.base,
        "title": page.title,
        "breadcrumbs": page.breadcrumbs,
        "preview_url": page.preview_url,
        "rows": [(shown.get(row["picture"]), row["picture"], form) for row, form in forms],
        "new": new,
        "most": listing.MOST_PICTURES,
        "seen": listing.latest_revision_id,
        "trouble": trouble,
        "in_error": [form for form in (*(form for _row, form in forms), new) if form and form.errors],
    }
    return render(request, "regiokit/pictures.html", context, status=status)
