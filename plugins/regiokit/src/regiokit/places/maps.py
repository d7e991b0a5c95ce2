"""The map of a county, drawn on the server: outlines as SVG paths, entries as markers that are links.

Nothing is fetched from anywhere; templates put the parts into one `<svg>` and style them by class.
"""

import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from regiokit.places.outlines import TownOutline

MARGIN = 10
"""Map units left free around the county, so that strokes are not cut off."""
GRID = 88
"""Map units between two markers at least: 28 CSS px when a map 1000 units wide is shown 320 px wide, so that targets
of 24 px (WCAG 2.2, 2.5.8) stay apart on the narrowest screen."""

MANY_POINTS = 2_000
"""Outlines of more points are drawn on a coarser grid, so that a county of a hundred towns does not weigh down its pages."""
COARSE = 8
"""Map units of that grid: 5 CSS px on a map 640 px wide."""

Ring = list[tuple[float, float]]
Cell = tuple[int, int]
Marker = tuple[int, int, list["MapEntry"]]


class MapEntry(NamedTuple):
    """Something to show: degrees (WGS 84), what it is called, and its page: the address or what `url_of` makes one of."""

    lat: float | None
    lon: float | None
    label: str
    page: Any


@dataclass(frozen=True, slots=True)
class MapPath:
    """A town: its `name` and the `d` of its `<path>`, in units of the map's `scale`, to be filled with the even-odd rule."""

    name: str
    d: str


@dataclass(frozen=True, slots=True)
class MapMarker:
    """A link at (x, y) in map units that stands for `number` entries."""

    x: int
    y: int
    url: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Map:
    """A whole map. `outside` counts the entries that it does not show: no coordinates, or beyond the county's frame.

    `scale`: map units of one unit of the paths.
    """

    width: int
    height: int
    paths: tuple[MapPath, ...]
    markers: tuple[MapMarker, ...]
    caption: str
    outside: int = 0
    scale: int = 1

    @property
    def view_box(self) -> str:
        """Value of the attribute `viewBox`."""
        return f"0 0 {self.width} {self.height}"


@dataclass(frozen=True, slots=True)
class Frame:
    """Equirectangular projection, true to scale at the county's middle latitude; y points down."""

    lon_min: float
    lat_max: float
    squeeze: float
    scale: float
    width: int
    height: int

    def place(self, *, lat: float, lon: float) -> tuple[int, int]:
        """Return the map units of a point in degrees."""
        x = MARGIN + (lon - self.lon_min) * self.squeeze * self.scale
        return round(x), round(MARGIN + (self.lat_max - lat) * self.scale)

    def placed(self, entries: Iterable[MapEntry]) -> Iterator[tuple[int, int, MapEntry]]:
        """Yield (x, y, entry) in map units of the entries that have coordinates inside the frame."""
        across = self.squeeze * self.scale
        for entry in entries:
            lat, lon, _label, _page = entry
            if lat is None or lon is None or not math.isfinite(lat + lon):
                continue
            x, y = round(MARGIN + (lon - self.lon_min) * across), round(MARGIN + (self.lat_max - lat) * self.scale)
            if 0 <= x <= self.width and 0 <= y <= self.height:
                yield x, y, entry


def build_map(
    entries: Iterable[MapEntry],
    *,
    towns: Iterable[TownOutline],
    caption: str,
    group_label: Callable[[Sequence[MapEntry]], str],
    group_url: Callable[[Sequence[MapEntry]], str],
    url_of: Callable[[Any], str] = str,
    width: int = 1000,
    grid: int = GRID,
) -> Map:
    """Return the map of `towns` with `entries` as markers.

    `url_of` makes the address of a page; it is only asked for entries that have a marker alone.

    Entries nearer than `grid` map units to an earlier one share its marker; `group_label` and `group_url` are called
    with those entries (two or more) and say what such a marker is called and where it leads. Markers keep the order of
    the entries. Same input, same output. Without outlines the map is empty and has height 0.
    """
    wanted = list(entries)
    drawn = draw_outlines(tuple(towns), width=width)
    if drawn is None:
        return Map(width=width, height=0, paths=(), markers=(), caption=caption, outside=len(wanted))
    frame, paths, scale = drawn
    shown = list(frame.placed(wanted))
    markers = tuple(
        MapMarker(x=x, y=y, url=url_of(group[0].page), label=group[0].label, number=1)
        if len(group) == 1
        else MapMarker(x=x, y=y, url=group_url(group), label=group_label(group), number=len(group))
        for x, y, group in _grouped(shown, grid=grid)
    )
    return Map(
        width=width,
        height=frame.height,
        paths=paths,
        markers=markers,
        caption=caption,
        outside=len(wanted) - len(shown),
        scale=scale,
    )


@lru_cache(maxsize=16)
def draw_outlines(towns: tuple[TownOutline, ...], *, width: int) -> tuple[Frame, tuple[MapPath, ...], int] | None:
    """Return frame, paths and their scale, or None when no town has an outline; kept for the next request."""
    outlines: list[tuple[str, list[Ring]]] = [(town.name, json.loads(town.rings)) for town in towns]
    points = [point for _, rings in outlines for ring in rings for point in ring]
    if not points:
        return None
    lon_min, lon_max = min(lon for lon, _ in points), max(lon for lon, _ in points)
    lat_min, lat_max = min(lat for _, lat in points), max(lat for _, lat in points)
    squeeze = math.cos(math.radians((lat_min + lat_max) / 2))
    scale = (width - 2 * MARGIN) / max((lon_max - lon_min) * squeeze, 1e-9)
    height = math.ceil((lat_max - lat_min) * scale) + 2 * MARGIN
    frame = Frame(lon_min=lon_min, lat_max=lat_max, squeeze=squeeze, scale=scale, width=width, height=height)
    grid = 1 if len(points) <= MANY_POINTS else COARSE
    drawn = ((name, "".join(_path(ring, frame=frame, grid=grid) for ring in rings)) for name, rings in outlines)
    return frame, tuple(MapPath(name=name, d=d) for name, d in drawn), grid


def _path(ring: Ring, *, frame: Frame, grid: int) -> str:
    """Return one closed ring with relative commands in units of `grid`.

    Rounding comes first, so that neighbours keep their common border; what goes straight on is one line.
    """
    placed = [frame.place(lat=lat, lon=lon) for lon, lat in ring]
    start, *rest = [(round(x / grid), round(y / grid)) for x, y in placed]
    steps, (x, y) = [], start
    for next_x, next_y in rest:
        step = next_x - x, next_y - y
        if steps and _straight_on(steps[-1], step):
            last = steps.pop()
            step = last[0] + step[0], last[1] + step[1]
        if step != (0, 0):
            steps.append(step)
        x, y = next_x, next_y
    if not steps:
        return ""
    numbers = " ".join(f"{dx},{dy}" for dx, dy in steps).replace(",-", "-").replace(" -", "-").replace(",", " ")
    return f"M{start[0]} {start[1]}l{numbers}z"


def _straight_on(last: tuple[int, int], step: tuple[int, int]) -> bool:
    """Say whether a step goes on in the direction of the last one, so that both are one line."""
    return last[0] * step[1] == last[1] * step[0] and last[0] * step[0] + last[1] * step[1] >= 0


def _grouped(entries: Iterable[tuple[int, int, MapEntry]], *, grid: int) -> list[Marker]:
    """Return (x, y, entries) of each marker: the first entry fixes it, later ones nearer than `grid` join it.

    So no two markers are nearer than `grid`. Cells as wide as the grid know the markers in themselves and beside them.
    """
    near: dict[Cell, list[Marker]] = {}
    markers = []
    for x, y, entry in entries:
        column, row = x // grid, y // grid
        least, nearest = grid * grid, None
        for marker in near.get((column, row), ()):
            across, down = marker[0] - x, marker[1] - y
            apart = across * across + down * down
            if apart < least:
                least, nearest = apart, marker
        if nearest is not None:
            nearest[2].append(entry)
            continue
        marker = (x, y, [entry])
        markers.append(marker)
        for cell in ((column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
            near.setdefault(cell, []).append(marker)
    return markers
