"""What the columns of ACLED, UCDP GED and VIINA mean, field by field; one function of a row for each set."""

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

Kind = Literal["acled", "ged", "viina"]
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """First and last day, the precision, and the field whose words say it."""

    earliest: date
    latest: date
    precision: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deaths:
    """A count of killed: low and high, of whom, and the field whose words say it."""

    low: int
    high: int | None
    of: Literal["civilians", "combatants", "people"]
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How a set's rows are read.

    `marks` are columns that tell the set by its header. `fields` are those that become text, in order. `actors` and
    `targets` name actor columns, `code` gives the row's codes in the set's own words with the field that holds them,
    `country` the field and whether it is "numeric", "gw" or the code itself. `precision` maps the set's place precision
    to ours with a radius in km (null: not bounded). `meaning` says what its figures and dates are.
    """

    kind: Kind
    name: str
    marks: tuple[str, ...]
    id: str
    fields: tuple[str, ...]
    left_out: tuple[str, ...]
    text: str
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    source: str
    code: Callable[[Row], tuple[tuple[str, str], ...]]
    country: tuple[str, str]
    place: tuple[str, ...]
    place_field: str
    precision: Callable[[Row], tuple[int | None, float | None]]
    when: Callable[[Row], When | None]
    deaths: Callable[[Row], tuple[Deaths, ...]]
    published: Callable[[Row], date | None]
    meaning: str


def day_of(written: str) -> date | None:
    """Read a day as these sets write it: 2022-04-08, 20220408, 08 April 2022, with or without a time behind it."""
    words = written.strip()
    for length, form in ((10, "%Y-%m-%d"), (8, "%Y%m%d")):
        try:
            return datetime.strptime(words[:length], form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    for form in ("%d %B %Y", "%d-%B-%Y", "%d %b %Y", "%m/%d/%Y"):
        try:
            return datetime.strptime(words.split(" 00:")[0], form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


def number_of(written: str | None) -> int | None:
    """Read a whole number that is not negative, also "12.0"."""
    try:
        value = float(written or "")
    except ValueError:
        return None
    return int(value) if value >= 0 and value.is_integer() else None


def _acled_when(row: Row) -> When | None:
    """ACLED: 1 is the day; 2 a day of the week meant, so six days either way; 3 the middle of the month meant."""
    day = day_of(row.get("event_date", ""))
    if day is None:
        return None
    precision = row.get("time_precision", "").strip()
    if precision == "2":
        return When(
            earliest=day - timedelta(6), latest=day + timedelta(6), precision="week", field="event_date"
        )
    if precision == "3":
        last = calendar.monthrange(day.year, day.month)[1]
        return When(
            earliest=day.replace(day=1), latest=day.replace(day=last), precision="month", field="event_date"
        )
    return When(earliest=day, latest=day, precision="day", field="event_date")


def _acled_deaths(row: Row) -> tuple[Deaths, ...]:
    """ACLED: its estimate; 0 also stands for "none told", so it is no figure."""
    count = number_of(row.get("fatalities"))
    return (Deaths(low=count, high=count, of="people", field="fatalities"),) if count else ()


def _acled_published(row: Row) -> date | None:
    stamp = number_of(row.get("timestamp"))
    # Ten digits: seconds since 1970, up to the year 2286.
    return datetime.fromtimestamp(stamp, UTC).date() if stamp and stamp < 10_000_000_000 else None


def _by_code(
    field: str, known: Mapping[str, tuple[int, float | None]]
) -> Callable[[Row], tuple[int | None, float | None]]:
    def precision(row: Row) -> tuple[int | None, float | None]:
        return known.get(row.get(field, "").strip(), (None, None))

    return precision


def _ged_when(row: Row) -> When | None:
    first, last = day_of(row.get("date_start", "")), day_of(row.get("date_end", ""))
    if first is None or last is None or last < first:
        return None
    precision = {"1": "day", "2": "days", "3": "week", "4": "month", "5": "year"}.get(
        row.get("date_prec", "").strip(), "days"
    )
    return When(earliest=first, latest=last, precision=precision, field="date_start")


def _ged_deaths(row: Row) -> tuple[Deaths, ...]:
    low, high = number_of(row.get("low")), number_of(row.get("high"))
    found: list[Deaths] = []
    if low is not None and high is not None and low <= high and high > 0:
        found.append(Deaths(low=low, high=high, of="people", field="best"))
    civilians = number_of(row.get("deaths_civilians"))
    if civilians:
        found.append(Deaths(low=civilians, high=civilians, of="civilians", field="deaths_civilians"))
    return tuple(found)


def _viina_when(row: Row) -> When | None:
    day = day_of(row.get("date", ""))
    # The day of the report: what it tells of happened then or the day before.
    return When(earliest=day - timedelta(1), latest=day, precision="days", field="date") if day else None


def _viina_codes(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, name) for name, value in row.items() if name.startswith("t_") and value.strip() in ("1", "1.0")
    )


ACLED = Format(
    kind="acled", name="ACLED", marks=("event_id_cnty", "sub_event_type"), id="event_id_cnty",
    fields=("event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type", "actor1", "assoc_actor_1",
            "actor2", "assoc_actor_2", "country", "admin1", "admin2", "location", "latitude", "longitude", "geo_precision",
            "source", "source_scale", "notes", "fatalities"),
    left_out=("inter1", "inter2", "interaction"), text="notes", actors=("actor1", "assoc_actor_1"),
    targets=("actor2", "assoc_actor_2"), source="source",
    code=lambda row: (("sub_event_type", row.get("sub_event_type", "").strip()),), country=("iso", "numeric"),
    place=("location", "admin2", "admin1", "country"), place_field="location",
    precision=_by_code("geo_precision", {"1": (1, 5.0), "2": (3, None), "3": (4, None)}), when=_acled_when,
    deaths=_acled_deaths, published=_acled_published,
    meaning="ACLED gives one estimate of fatalities, the most conservative told; 0 also means that none is told, and is "
            "no figure here. time_precision 2 means some day of that week, 3 some day of that month.",
)  # fmt: skip
GED = Format(
    kind="ged", name="UCDP GED", marks=("relid", "where_prec", "deaths_a"), id="relid",
    fields=("id", "relid", "date_start", "date_end", "date_prec", "type_of_violence", "conflict_name", "dyad_name", "side_a",
            "side_b", "where_coordinates", "where_description", "where_prec", "adm_1", "adm_2", "latitude", "longitude",
            "country", "region", "event_clarity", "source_office", "source_date", "source_headline", "source_original",
            "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low"),
    left_out=("conflict_dset_id", "dyad_dset_id", "side_a_dset_id", "side_b_dset_id"), text="source_headline",
    actors=("side_a",), targets=("side_b",), source="source_original",
    code=lambda row: (("type_of_violence", row.get("type_of_violence", "").strip()),), country=("country_id", "gw"),
    place=("where_coordinates", "adm_2", "adm_1", "country"), place_field="where_coordinates",
    precision=_by_code("where_prec", {"1": (1, 5.0), "2": (2, 25.0), "3": (3, None), "4": (4, None), "5": (5, None),
                                      "6": (6, None), "7": (7, None)}),
    when=_ged_when, deaths=_ged_deaths, published=lambda row: None,
    meaning="UCDP GED gives low, best and high over all its sources, of deaths in this one event; its date is the span of "
            "days in which it happened. It codes no tactic: the event type is only the nearest.",
)  # fmt: skip
VIINA = Format(
    kind="viina", name="VIINA", marks=("GEO_PRECISION", "t_mil_b"), id="event_id",
    fields=("event_id", "date", "time", "location", "asciiname", "address", "ADM2_NAME", "ADM1_NAME", "latitude", "longitude",
            "GEO_PRECISION", "source", "text"),
    left_out=(), text="text", actors=("a_rus_b", "a_ukr_b"), targets=(), source="source", code=_viina_codes,
    country=("", "UA"), place=("asciiname", "address", "ADM2_NAME", "ADM1_NAME"), place_field="asciiname",
    precision=_by_code("GEO_PRECISION", {"STREET": (1, 1.0), "ADM3": (1, 5.0), "ADM2": (3, None), "ADM1": (4, None),
                                         "ADM0": (6, None)}),
    when=_viina_when, deaths=lambda row: (), published=lambda row: day_of(row.get("date", "")),
    meaning="VIINA gives the day of a news report, not of the event, and labels given by a model; it has no counts.",
)  # fmt: skip
FORMATS: tuple[Format, ...] = (ACLED, GED, VIINA)
