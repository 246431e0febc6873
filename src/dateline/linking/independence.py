"""Count where claims of one event ultimately come from, so that copies and quotations corroborate nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dateline.codebook.names import name_key
from dateline.linking.bare import with_fuller
from dateline.linking.books import Books, load_books
from dateline.linking.identity import Label, is_outlet_label, label_groups, labels_of
from dateline.linking.outlets import OwnVoice, own_voices
from dateline.linking.voices import Voice, outlet_voice, voice_of
from dateline.model.event import Entry, Origin, OriginKind, Stance
from dateline.model.ids import content_id
from dateline.model.reading import Claim

FACT = frozenset(("happened", "ongoing", "background"))


@dataclass(slots=True)
class _Draft:
    entries: list[Entry] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)
    labels: set[Label] = field(default_factory=set)


def told_as_fact(claim: Claim) -> bool:
    """Say whether a claim tells of something as having happened or going on, and does not deny it."""
    return claim.polarity == "positive" and claim.reality in FACT


def counting(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries that nobody rejected, each claim once, in the order told."""
    found = {entry.claim.id: entry for entry in entries if entry.state != "rejected"}
    return tuple(sorted(found.values(), key=lambda entry: (entry.told, entry.report.id, entry.claim.id)))


def origins(entries: Iterable[Entry], books: Books | None = None) -> tuple[Origin, ...]:
    """Return the independent origins of the claims of one event, those with most claims first.

    The origin of a claim is the innermost source that can be identified; a claim that no one is named for rests on
    the agency that its report credits, else on the outlet whose text it copies, else on its outlet. Sources are one
    origin where they cannot be told apart: docs/comparing.md gives every rule. Rejected claims have no origin.
    """
    books = books or load_books()
    kept = counting(entries)
    own = own_voices(kept, books)
    spoken = with_fuller(
        {entry.claim.id: _source(entry, own[entry.report.id], books) for entry in kept}, kept
    )
    groups = label_groups([labels for _, labels in spoken.values()], books)
    drafts: dict[Label, _Draft] = defaultdict(_Draft)
    for entry in kept:
        voice, labels = spoken[entry.claim.id]
        draft = drafts[groups[min(labels)]]
        draft.entries.append(entry)
        draft.labels |= labels
        if voice is not None:
            draft.voices.append(voice)
    found = [_origin(draft, own, books) for draft in drafts.values()]
    return tuple(sorted(found, key=lambda origin: (-len(origin.claims), origin.name, origin.id)))


def corroborating(found: Sequence[Origin]) -> tuple[Origin, ...]:
    """Return the origins that say it happened."""
    return tuple(origin for origin in found if origin.stance in ("says", "both"))


def origin_of_claims(found: Sequence[Origin]) -> Mapping[str, Origin]:
    """Return the origin of each claim by the claim's id."""
    return {claim: origin for origin in found for claim in origin.claims}


def _source(entry: Entry, own: OwnVoice, books: Books) -> tuple[Voice | None, frozenset[Label]]:
    """Return the innermost source of a claim that can be identified, and the labels it goes by."""
    voices = [voice_of(said, entry.told, books) for said in reversed(entry.claim.attribution)]
    known = [voice for voice in voices if voice is not None and not _is_place(voice, entry.claim)]
    if not known:
        return None, frozenset((("outlet", own.key),))
    inner, outer = known[0], known[1:]
    teller = f"outlet {own.key}"
    for voice in outer:
        if voice.kind != "people":
            teller = " ".join(min(labels_of(voice, teller)))
            break
    return inner, labels_of(inner, teller)


def _is_place(voice: Voice, claim: Claim) -> bool:
    """Say whether a nameless speaker is only the claim's place in a headline ("Goma: ten killed")."""
    if voice.id is not None or voice.kind not in ("words", "person") or claim.place is None:
        return False
    places = (name_key(claim.place.name), name_key(claim.place.span.quote))
    return name_key(voice.name) in places


def _origin(draft: _Draft, own: Mapping[str, OwnVoice], books: Books) -> Origin:
    outlets = {own[entry.report.id] for entry in draft.entries}
    name, kind, side = _called(draft, outlets, books)
    ids = [entry.claim.id for entry in draft.entries]
    return Origin(
        id=content_id(["origin", *min(draft.labels)]), name=name, kind=kind, side=side, claims=tuple(ids),
        copies=_copies(draft.entries), stance=_stance([entry.claim for entry in draft.entries]),
    )  # fmt: skip


def _called(draft: _Draft, outlets: Iterable[OwnVoice], books: Books) -> tuple[str, OriginKind, str | None]:
    """Return the name of an origin for people, its kind and its side."""
    for label in sorted(draft.labels):
        if is_outlet_label(label):
            own = next((one for one in sorted(outlets, key=lambda one: one.key) if one.key == label[1]), None)
            if own is not None:
                return own.name, own.kind, own.side
            voice = outlet_voice(label[1], books)
            outlet = books.outlets.outlets.get(label[1])
            return voice.name, "agency" if outlet and outlet.agency else "outlet", voice.side
    sides = Counter(voice.side for voice in draft.voices if voice.side)
    side = min(sides, key=lambda one: (-sides[one], one)) if sides else None
    return _name(draft.voices), "source", side


def _name(voices: Sequence[Voice]) -> str:
    """Name an origin: the body that several speak for, else the person, else the commonest of its names."""
    people = sorted({voice.name for voice in voices if voice.kind == "person" and voice.id})
    people = people or sorted({voice.name for voice in voices if voice.kind == "person"}, key=len)[-1:]
    others = Counter(voice.name for voice in voices if voice.kind != "person")
    # A bare word ("ministry") names nobody where a fuller name was told.
    other = min(others, key=lambda one: (one.islower(), -others[one], len(one), one)) if others else None
    bodies = [voice for voice in voices if voice.kind == "body"]
    if people and (bodies or len(people) > 1) and other:
        return f"{other} ({', '.join(people)})"
    return ", ".join(people) or other or ""


def _copies(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return the claims of reports that copy an earlier report of the same origin, in the order told."""
    first: dict[str, str] = {}
    for entry in sorted(entries, key=lambda one: (one.report.id != one.copy_of, one.told, one.report.id)):
        first.setdefault(entry.copy_of, entry.report.id)
    return tuple(entry.claim.id for entry in entries if first[entry.copy_of] != entry.report.id)


def _stance(claims: Sequence[Claim]) -> Stance:
    says = any(told_as_fact(claim) for claim in claims)
    denies = any(claim.polarity == "negative" for claim in claims)
    return "both" if says and denies else "says" if says else "denies" if denies else "foresees"
