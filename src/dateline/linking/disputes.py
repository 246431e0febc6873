"""What claims of one event say that cannot both be true: figures, actors, denials, places, days."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dateline.linking.books import Books, load_books
from dateline.linking.consensus import (
    EFFECTS,
    apart,
    best_place,
    best_time,
    between_km,
    compatible,
    share_days,
)
from dateline.linking.identity import opposed, sides_of
from dateline.linking.independence import counting, origin_of_claims, told_as_fact
from dateline.linking.series import disjoint, top
from dateline.model.event import Contradiction, Count, Entry, Origin
from dateline.model.words import day_words, days_words, people_words

# Two sides of a fight are both its actors; in other acts two opposed actors are two accounts.
_ONE_ACTOR = frozenset(("strike", "civilians"))


def contradictions(
    entries: Iterable[Entry], table: Sequence[Count], found: Sequence[Origin], books: Books | None = None
) -> tuple[Contradiction, ...]:
    """Return what the claims of one event say against each other, in words for people.

    Figures: intervals that share no number, told on the same day, or by the later report below the earlier, or by
    opposite sides; not where a toll merely grew. Actors: different sides named for the same act. Denials: a claim
    that it did not happen, or that doubts it, against one that it did. Places whose areas do not overlap and days
    that do not are compared with those that most independent origins agree on.
    """
    books = books or load_books()
    kept = counting(entries)
    by_claim = origin_of_claims(found)
    parts = [
        *_figures(table, books), *_actors(kept, by_claim, books), *_denials(kept, table, by_claim),
        *_places(kept, found, by_claim), *_days(kept, found, by_claim),
    ]  # fmt: skip
    return tuple(parts)


def _figures(table: Sequence[Count], books: Books) -> list[Contradiction]:
    """Compare the figures that stand, one pair of claims for each pair of numbers."""
    standing = [one for one in table if one.standing == "counts"]
    # What one origin says again and again needs comparing once.
    rows = list(
        {
            (one.origin, one.told, one.measure, one.of, one.low, one.high): one for one in reversed(standing)
        }.values()
    )
    rows.reverse()
    seen: dict[tuple[object, ...], Contradiction] = {}
    for i, left in enumerate(rows):
        for right in rows[i + 1 :]:
            if left.measure != right.measure or left.origin == right.origin:
                continue
            if left.of == right.of and disjoint(left, right) and not _merely_grew(left, right, rows, books):
                words = f"{_told(left)}; {_told(right)}."
            elif left.of != right.of and _exceeds(left, right):
                words = f"{_told(left)}; {_told(right)}: a part cannot be more than all."
            else:
                continue
            key = (left.measure, left.of, right.of, left.low, left.high, right.low, right.high)
            field = f"figures.{left.measure}.{left.of}"
            seen.setdefault(
                key,
                Contradiction(kind="figures", field=field, left=left.claim, right=right.claim, words=words),
            )
    return list(seen.values())


def _merely_grew(left: Count, right: Count, rows: Sequence[Count], books: Books) -> bool:
    """Say whether the later of two figures is the higher one; `left` is told first.

    Of opposite sides only if somebody not opposed to the lower figure's side has since said as much.
    """
    if left.told >= right.told or left.low > right.low:
        return False
    if not opposed(left.side, right.side, right.told, books):
        return True
    return any(
        one.told >= left.told and one.low >= right.low and (one.measure, one.of) == (left.measure, left.of)
        and not opposed(left.side, one.side, one.told, books)
        for one in rows
    )  # fmt: skip


def _exceeds(left: Count, right: Count) -> bool:
    """Say whether a part is told to be more than an exact total of the same or a later day."""
    part, whole = (left, right) if right.of == "people" else (right, left)
    return whole.of == "people" and part.low > top(whole) and whole.told >= part.told


def _told(one: Count) -> str:
    who = one.source or one.publisher or "a report"
    number = people_words(one.low, one.high, one.of)
    return f"{number} {one.measure} according to {who} ({day_words(one.told)})"


def _actors(kept: Sequence[Entry], by_claim: Mapping[str, Origin], books: Books) -> list[Contradiction]:
    """Compare whom each origin names, in most of its claims, as the doer of a strike or an attack on civilians."""
    named: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
    for entry in kept:
        claim = entry.claim
        if told_as_fact(claim) and claim.type.split(".")[0] in _ONE_ACTOR and claim.type not in EFFECTS:
            sides = {
                side for side in sides_of((one.side for one in claim.actors), books) if _fights(side, books)
            }
            if len(sides) == 1:
                named[by_claim[claim.id].id].append((sides.pop(), entry))
    accounts: dict[str, list[Entry]] = defaultdict(list)
    for rows in named.values():
        often = Counter(side for side, _ in rows)
        side = min(often, key=lambda one: (-often[one], one))
        accounts[side] += [entry for one, entry in rows if one == side]
    order = sorted(accounts, key=lambda one: (-len(accounts[one]), one))
    found: list[Contradiction] = []
    for i, left in enumerate(order):
        for right in order[i + 1 :]:
            one, other = accounts[left], accounts[right]
            words = (
                f"{side_name(left, books)} is named as the attacker by {_tellers(one, by_claim)}; "
                f"{side_name(right, books)} by {_tellers(other, by_claim)}."
            )
            pair = {"left": one[0].claim.id, "right": other[0].claim.id}
            found.append(Contradiction(kind="actor", field="roles.actor", words=words, **pair))
    return found


def _fights(side: str, books: Books) -> bool:
    """Say whether a side is a state or an armed side, and no institute or body that only speaks."""
    actor = books.actors.actors.get(side)
    return actor is not None and actor.kind in ("country", "force", "government")


def side_name(side: str, books: Books) -> str:
    """Return the name of a codebook side."""
    actor = books.actors.actors.get(side)
    return actor.name if actor else side


def _tellers(entries: Sequence[Entry], by_claim: Mapping[str, Origin]) -> str:
    """Name the origins of claims, three at most."""
    names = list(dict.fromkeys(by_claim[entry.claim.id].name for entry in entries))
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _denials(
    kept: Sequence[Entry], table: Sequence[Count], by_claim: Mapping[str, Origin]
) -> list[Contradiction]:
    """Set each origin that denies or doubts against the first that says it flatly."""
    firm = [one for one in kept if told_as_fact(one.claim) and one.claim.certainty == "certain"]
    seen: dict[tuple[str, str], Contradiction] = {}
    for entry in kept:
        claim = entry.claim
        denies = claim.polarity == "negative"
        if not denies and not (claim.certainty == "disputed" and told_as_fact(claim)):
            continue
        origin = by_claim[claim.id]
        against = next((one for one in firm if _same_matter(claim.type, one, table)
                        and by_claim[one.claim.id].id != origin.id), None)  # fmt: skip
        if against is None:
            continue
        field = "figures" if claim.type in EFFECTS else "type"
        quote = " ".join(claim.evidence.quote.split())
        verb = "denied" if denies else "doubted"
        words = (
            f"It happened according to {by_claim[against.claim.id].name}; {verb} by {origin.name} "
            f"({day_words(entry.told)}): “{quote}”."
        )
        row = Contradiction(kind="denied", field=field, left=against.claim.id, right=claim.id, words=words)
        seen.setdefault((origin.id, field), row)
    return list(seen.values())


def _same_matter(kind: str, other: Entry, table: Sequence[Count]) -> bool:
    """Say whether what is denied is what another claim says: the act, or that there were victims."""
    if kind in EFFECTS:
        victims = {one.claim for one in table if one.standing == "counts" and one.low > 0}
        return other.claim.type == kind or (kind == "civilians.toll" and other.claim.id in victims)
    family = kind.split(".")[0]
    return other.claim.type not in EFFECTS and (
        other.claim.type.split(".")[0] == family
        or {family, other.claim.type.split(".")[0]} <= {"strike", "civilians"}
    )


def _places(
    kept: Sequence[Entry], found: Sequence[Origin], by_claim: Mapping[str, Origin]
) -> list[Contradiction]:
    """Set each place apart from the agreed one, by an origin that never gives one that fits, against it."""
    agreed = best_place(kept, found)
    if agreed is None:
        return []
    told = [
        entry
        for entry in _acts(kept)
        if entry.claim.place is not None and entry.claim.place.basis == "stated"
    ]
    holder = next(entry for entry in kept if entry.claim.place == agreed)
    fitting = {
        by_claim[one.claim.id].id for one in told if one.claim.place and compatible(agreed, one.claim.place)
    }
    seen: dict[str, Contradiction] = {}
    for entry in told:
        place, origin = entry.claim.place, by_claim[entry.claim.id]
        if place is None or origin.id in fitting or not apart(agreed, place):
            continue
        distance = between_km(agreed, place) or 0.0
        words = (
            f"At {agreed.name} according to {by_claim[holder.claim.id].name}; at {place.name}, {distance:,.0f} km "
            f"away, according to {origin.name} ({day_words(entry.told)})."
        )
        pair = {"left": holder.claim.id, "right": entry.claim.id}
        seen.setdefault(place.name, Contradiction(kind="place", field="place", words=words, **pair))
    return list(seen.values())


def _days(
    kept: Sequence[Entry], found: Sequence[Origin], by_claim: Mapping[str, Origin]
) -> list[Contradiction]:
    """Set each time apart from the agreed one, by an origin that never gives one that fits, against it."""
    agreed = best_time(kept, found)
    if agreed is None:
        return []
    span = agreed.earliest, agreed.latest
    told = [(entry, entry.claim.time) for entry in _acts(kept) if entry.claim.time is not None]
    holder = next(entry for entry in kept if entry.claim.time == agreed)
    fitting = {
        by_claim[one.claim.id].id for one, time in told if share_days(span, (time.earliest, time.latest))
    }
    seen: dict[str, Contradiction] = {}
    for entry, time in told:
        origin, said = by_claim[entry.claim.id], days_words(time.earliest, time.latest)
        if origin.id in fitting or share_days(span, (time.earliest, time.latest)):
            continue
        words = (
            f"On {days_words(*span)} according to {by_claim[holder.claim.id].name}; on {said} according to "
            f"{origin.name} (told {day_words(entry.told)})."
        )
        pair = {"left": holder.claim.id, "right": entry.claim.id}
        seen.setdefault(said, Contradiction(kind="date", field="time", words=words, **pair))
    return list(seen.values())


def _acts(kept: Sequence[Entry]) -> list[Entry]:
    """Return the claims that tell of the act itself; what came of it may come on other days."""
    return [entry for entry in kept if told_as_fact(entry.claim) and entry.claim.type not in EFFECTS]
