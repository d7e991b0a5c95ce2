"""The rows of a list as an Excel file (openpyxl, which Wagtail brings). There is no CSV: Excel would run its formulas."""

from datetime import date, datetime
from io import BytesIO

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from regiokit.loglists.values import label_of, value_of

MOST_ROWS = 10_000
CHUNK = 500
LONGEST_TEXT = 32_767
"""The limit of a cell in Excel, in characters."""

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOMENT, DAY, TEXT = "DD.MM.YYYY HH:MM", "DD.MM.YYYY", "@"


def as_file(log, rows: QuerySet) -> FileResponse:
    """Return the first 10,000 `rows` as a download; a last line says when there are more.

    Rows are read and written piece by piece: the memory holds the finished, compressed file alone.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=ILLEGAL_CHARACTERS_RE.sub("", str(log.menu_label))[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, label_of(log, name)) for name in log.export])
    # One more than allowed tells whether something is missing.
    for number, row in enumerate(rows[: MOST_ROWS + 1].iterator(chunk_size=CHUNK)):
        if number == MOST_ROWS:
            sheet.append([_cell(sheet, _("Es gibt mehr Einträge. Bitte grenzen Sie die Liste ein."))])
            break
        sheet.append([_cell(sheet, value_of(row, name)) for name in log.export])
    output = BytesIO()
    book.save(output)
    output.seek(0)
    name = f"{slugify(str(log.menu_label)) or log.name}-{timezone.localdate():%Y-%m-%d}.xlsx"
    return FileResponse(output, as_attachment=True, filename=name, content_type=TYPE)


def _cell(sheet, value) -> WriteOnlyCell:
    """Return a cell: days and moments as real ones in local time, numbers as numbers, all else as text and no formula."""
    if isinstance(value, datetime):
        local = timezone.make_naive(timezone.localtime(value)) if timezone.is_aware(value) else value
        return _formatted(sheet, local.replace(microsecond=0), MOMENT)
    if isinstance(value, date):
        return _formatted(sheet, value, DAY)
    if isinstance(value, bool):
        value = _("ja") if value else _("nein")
    if isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    text = "" if value is None else ILLEGAL_CHARACTERS_RE.sub(" ", str(value))[:LONGEST_TEXT]
    cell = _formatted(sheet, text, TEXT)
    cell.data_type = "s"
    # Somebody who clicks into the cell and leaves it would else turn "=…" into a formula after all.
    cell.quotePrefix = True
    return cell


def _formatted(sheet, value, number_format: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = number_format
    return cell
