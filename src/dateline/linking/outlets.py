"""Whose own voice a report speaks in: the agency it credits, or the outlet whose text it copies or is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dateline.codebook.names import name_key
from dateline.linking.books import Books
from dateline.model.event import Entry, OriginKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnVoice:
    """The outlet or agency behind a report's own words; `key` is the same for all its reports."""

    key: str
    name: str
    kind: OriginKind
    side: str | None


def own_voices(entries: Iterable[Entry], books: Books) -> Mapping[str, OwnVoice]:
    """Return the own voice of each report by the report's id.

    A credited agency goes first; else the outlet of the first report of the group of near-copies, which is the one
    that `copy_of` names where it is among the entries, else the one told first.
    """
    reports = {entry.report.id: entry for entry in sorted(entries, key=lambda entry: entry.claim.id)}
    heads: dict[str, Entry] = {}
    for entry in sorted(reports.values(), key=_first):
        heads.setdefault(entry.copy_of, entry)
    return {report_id: _voice(entry, heads[entry.copy_of], books) for report_id, entry in reports.items()}


def _first(entry: Entry) -> tuple[bool, str, str]:
    return entry.report.id != entry.copy_of, entry.told.isoformat(), entry.report.id


def _voice(entry: Entry, head: Entry, books: Books) -> OwnVoice:
    credited = entry.agency or head.agency
    if credited is not None:
        outlet = books.outlets.find(credited)
        if outlet is not None:
            return OwnVoice(key=outlet.id, name=outlet.name, kind="agency", side=outlet.side)
        return OwnVoice(key=f"={name_key(credited)}", name=credited, kind="agency", side=None)
    outlet = books.outlets.find(head.report.publisher)
    if outlet is not None:
        kind: OriginKind = "agency" if outlet.agency else "outlet"
        return OwnVoice(key=outlet.id, name=outlet.name, kind=kind, side=head.outlet_side or outlet.side)
    publisher = head.report.publisher
    if publisher:
        return OwnVoice(key=f"={name_key(publisher)}", name=publisher, kind="outlet", side=head.outlet_side)
    name = head.report.title or head.report.name or "a report of no known outlet"
    return OwnVoice(key=f"#{head.copy_of}", name=name, kind="outlet", side=head.outlet_side)
