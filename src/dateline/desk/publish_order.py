"""What is to be published from the desk: which events, in which form, and what is held back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dateline.desk.call import DeskError
from dateline.desk.query import EventQuery
from dateline.desk.words import N_
from dateline.export.filters import Filter
from dateline.export.formats import FORMS
from dateline.export.protect import Protections

# The fields of a query that a release can be filtered by, as the command line can; the rest depend on the desk's index.
_RELEASED = frozenset(
    {"types", "first", "last", "countries", "box", "certainties", "origins", "states", "realities", "sort"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be published: `pairs` are the filters, `form` one of the export formats or "release"."""

    pairs: tuple[tuple[str, str], ...]
    form: str
    title: str = "Dateline events"
    publisher: str = "the keepers of this record"
    licence: str = "CC-BY-4.0"
    redact: bool = True
    coarsen: float | str | None = None
    delay_days: int = 0

    def __post_init__(self) -> None:
        if self.form != "release" and self.form not in FORMS:
            raise DeskError(
                N_("format=%(form)r is none of %(forms)s"), form=self.form, forms=", ".join(FORMS)
            )


def order_of(
    values: Mapping[str, str], pairs: tuple[tuple[str, str], ...], form: str, *, may_unredact: bool
) -> Order:
    """Return the order of a form that was filled in; raises DeskError for a value that is none."""
    if values.get("names") == "keep" and not may_unredact:
        raise DeskError(N_("only a lead may publish names of private people"), status=403)
    coarsen = values.get("coarsen", "")
    delay = values.get("delay", "") or "0"
    if not (delay.isascii() and delay.isdigit() and len(delay) <= 5):
        raise DeskError(N_("delay=%(delay)r is no number of days"), delay=delay)
    try:
        to: Any = coarsen if coarsen == "admin1" else float(coarsen) if coarsen else None
        Protections(coarsen=to)
    except ValueError:
        raise DeskError(
            N_("coarsen=%(coarsen)r is no distance in km; write a number, or admin1"), coarsen=coarsen
        ) from None
    named = {name: values[name] for name in ("title", "publisher", "licence") if values.get(name)}
    return Order(
        pairs=pairs, form=form, redact=values.get("names") != "keep", coarsen=to, delay_days=int(delay), **named
    )  # fmt: skip


def release_filter(query: EventQuery) -> Filter:
    """Return a query as the filter that a release's manifest names; raises DeskError where it has no such form."""
    plain = EventQuery()
    names = [name for name in query.__slots__ if getattr(query, name) != getattr(plain, name)]
    over = sorted(set(names) - _RELEASED)
    if over:
        raise DeskError(
            N_(
                "a release cannot be filtered by %(over)s; take these filters away, or export the events instead"
            ),
            over=", ".join(over),
        )
    return Filter(
        types=query.types, start=query.first, end=query.last, countries=query.countries, box=query.box,
        certainty=query.certainties, origins=query.origins, reviews=query.states, reality=query.realities,
    )  # fmt: skip
