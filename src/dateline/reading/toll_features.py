"""Describe each number that could be a report's toll by what speaks for and against it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from dateline.reading.toll_evidence import Evidence
from dateline.reading.toll_story import Story
from dateline.reading.victims import Victim

Side = Literal["killed", "injured"]
REGIONS = ("title", "near", "lead", "rest")
_EARLY = frozenset({"title", "near", "lead"})
_FIGURES = frozenset({"number", "sum", "one", "ordinal", "multiple", "perpetrators"})
_COUNTED = frozenset({"number", "sum", "ordinal", "multiple", "counts", "beside"})
_HEARD = 3  # small numbers whose odds by words are facts of their own
_FAR = 60  # sentences; farther is all the same
_GROUPS: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
    ("killed", frozenset({"killed"}), frozenset({"number", "sum"})),
    ("killed times", frozenset({"killed"}), frozenset({"ordinal", "multiple"})),
    ("killed counts", frozenset({"killed"}), frozenset({"counts"})),
    ("wounded", frozenset({"wounded"}), frozenset({"number", "sum"})),
    ("wounded counts", frozenset({"wounded"}), frozenset({"counts"})),
    ("struck", frozenset({"struck"}), frozenset({"number", "sum"})),
    ("struck times", frozenset({"struck"}), frozenset({"ordinal", "multiple"})),
    ("any", frozenset({"any"}), frozenset({"loose"})),
    ("killed beside", frozenset({"killed"}), frozenset({"beside"})),
    ("wounded beside", frozenset({"wounded"}), frozenset({"beside"})),
    ("struck beside", frozenset({"struck"}), frozenset({"beside"})),
)
_SHIFTED = frozenset({"struck", "struck times", "any", "struck beside"})  # numbers that hold the dead as well
_HINTS: tuple[tuple[str, str], ...] = (
    *((fate, way) for fate in ("killed", "wounded", "struck") for way in ("one", "some")),
    ("killed", "fatal"), ("killed", "charge"), ("killed", "suicide"), ("killed", "shot self"),
    ("killed", "perpetrators"), ("killed", "unread"),
    ("wounded", "charge"), ("wounded", "living"), ("wounded", "hospital"), ("wounded", "hit"),
    ("any", "perpetrator"), ("any", "none"), ("killed", "doer beside"),
)  # fmt: skip
MOST = 200_000  # no number above it is a candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one report: its evidence by group and region, its single victims, and its length.

    `voice` holds per side how likely its words alone make 0, 1, 2 and so on, the last for all larger numbers.
    """

    evidence: tuple[tuple[Evidence, str], ...]
    groups: Mapping[str, tuple[tuple[Evidence, str], ...]]
    hints: Mapping[str, float]
    dead: tuple[int, int]
    hurt: tuple[int, int]
    others_dead: int
    done_to: int
    with_self: int
    own_deaths: int
    sentences: int
    start: int
    told: Mapping[str, float]
    voice: Mapping[Side, tuple[float, ...]] = field(default_factory=dict)


def facts_of(evidence: Sequence[Evidence], victims: Sequence[Victim], story: Story) -> Facts:
    """Sort a report's evidence by group and region, and count its single victims early and in all."""
    evidence = [one for one in evidence if story.regions[one.sentence] != "teaser"]
    placed = tuple((one, _region(story, one.sentence)) for one in _present(evidence))
    groups = {
        name: tuple(
            (one, region) for one, region in placed if one.fate in fates and one.way in ways and not one.unreal
        )
        for name, fates, ways in _GROUPS
    }  # fmt: skip
    for name, fates in (("deaths", ("killed",)), ("hurts", ("wounded", "struck"))):
        groups[name] = tuple(
            (one, region) for one, region in placed
            if one.fate in fates and one.way in _COUNTED and not one.unreal and not one.own
        )  # fmt: skip
    groups["others hurt"] = tuple(item for item in (*groups["wounded"], *groups["struck"]) if item[0].others)
    hints: dict[str, float] = {}
    for fate, way in _HINTS:
        for region in REGIONS:
            hints[f"{fate} {way} {region}"] = 0.0
    for one, region in placed:
        key = f"{one.fate} {one.way} {region}"
        if key in hints and not one.unreal:
            hints[key] = min(4.0, hints[key] + 1)

    def count(members: Sequence[Victim], dead: bool) -> tuple[int, int]:
        early = sum(
            any(_region(story, token.sent) in _EARLY for token in (victim.dead if dead else victim.hurt))
            for victim in members
        )
        return early, len(members)

    victims = [victim for victim in victims if story.regions[victim.sentence] != "teaser"]
    killed = [victim for victim in victims if victim.dead]
    return Facts(
        evidence=placed, groups=groups, hints=hints, dead=count(killed, True),
        hurt=count([victim for victim in victims if not victim.dead], False),
        with_self=_with_self(placed),
        done_to=max((one.low for one, region in placed if _is_done(one, region)), default=0),
        others_dead=_others_dead(groups, killed, story), own_deaths=_own_deaths(placed, hints),
        sentences=len(story.regions), start=story.start, told=_told(placed, len(story.regions)),
    )  # fmt: skip


_DEATHS = frozenset({"killed"})
_HURTS = frozenset({"wounded", "struck"})


def _told(placed: Sequence[tuple[Evidence, str]], sentences: int) -> Mapping[str, float]:
    """Count the sentences that tell any death and any hurt, whatever their words, by region and as shares."""
    found: dict[str, float] = {}
    spoken: dict[str, set[int]] = {}
    for name, fates in (("death", _DEATHS), ("hurt", _HURTS)):
        told = {(one.sentence, region) for one, region in placed if one.fate in fates and not one.unreal}
        spoken[name] = {sentence for sentence, _ in told}
        for wanted in REGIONS:
            found[f"{name} told {wanted}"] = float(min(4, sum(region == wanted for _, region in told)))
        found[f"{name} told share"] = len(spoken[name]) / max(1, sentences)
        found[f"{name} told first"] = float(min(spoken[name], default=_FAR))
    both = spoken["death"] | spoken["hurt"]
    found["death among told"] = len(spoken["death"]) / len(both) if both else -1.0
    return found


def _present(evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """Leave out what sentences on other times tell, unless the whole report tells of such: sums, earlier cases."""
    present = [one for one in evidence if not one.past]
    told = any(one.fate != "any" and one.way in _FIGURES and not one.unreal for one in present)
    return present if told else evidence


def _others_dead(
    groups: Mapping[str, tuple[tuple[Evidence, str], ...]], killed: Sequence[Victim], story: Story
) -> int:
    """Return how many others than those who did it are told dead early: by a number, else person by person."""
    told = [
        one.low for name in ("killed", "killed times") for one, region in groups[name] if region in _EARLY
    ]
    early = [
        victim for victim in killed
        if not (victim.perpetrator or victim.own_hand)
        and any(_region(story, token.sent) in _EARLY for token in victim.dead)
    ]  # fmt: skip
    return max(told, default=0) or len(early)


def _with_self(placed: Sequence[tuple[Evidence, str]]) -> int:
    """Return the dead of a sentence that tells what somebody did to others and then to himself; 0 for none.

    "Killed his wife and son before turning the gun on himself" are three, "a double murder-suicide" too.
    """
    early: dict[int, list[Evidence]] = {}
    for one, region in placed:
        if region in _EARLY and not one.unreal:
            early.setdefault(one.sentence, []).append(one)
    most = 0
    for told in early.values():
        if not any(one.way == "suicide" for one in told):
            continue
        own = max(one.first for one in told if one.way == "suicide")
        others = [
            one for one in told
            if one.high is not None and not one.own and (one.done or (one.way == "number" and one.last < own))
        ]  # fmt: skip
        killed = [one.low for one in others if one.fate == "killed"]
        struck = [one.low for one in others if one.fate == "struck"]
        times = [one.low for one in told if one.fate == "killed" and one.way == "multiple"]
        found = max(killed or struck or times, default=0)
        most = max(most, found + 1 if found else 0)
    return most


def _is_done(one: Evidence, region: str) -> bool:
    real = one.fate == "killed" and one.done and not one.own and not one.unreal
    return real and region in _EARLY and one.high is not None


def _own_deaths(placed: Sequence[tuple[Evidence, str]], hints: Mapping[str, float]) -> int:
    """Return how many of those who did it are told dead early, by their own hand or another's."""
    told = max(
        (
            one.low
            for one, region in placed
            if one.way == "perpetrators" and region in _EARLY and not one.unreal
        ),
        default=0,
    )
    own = any(hints[f"killed suicide {region}"] for region in REGIONS[:3])
    return max(told, int(own))


def _region(story: Story, sentence: int) -> str:
    region = story.regions[sentence]
    return "rest" if region == "off" else region


def candidates(facts: Facts, side: Side, killed: int = 0) -> tuple[int, ...]:
    """Return the numbers that could be the toll: those told, one more for a perpetrator, sums and differences.

    A report that says nothing of anyone killed, or hurt, has none.
    """
    fates = ("killed",) if side == "killed" else ("wounded", "struck", "any")
    if not any(one.fate in fates and one.way != "perpetrator" for one, _ in facts.evidence):
        return (0,)
    found = {0, 1, 2, facts.dead[0], facts.dead[1], facts.hurt[0], facts.hurt[1]}
    for one, _ in facts.evidence:
        if one.way in ("number", "sum", "ordinal", "multiple", "counts", "loose", "beside"):
            found.add(one.low)
            if side == "injured" and one.fate in ("struck", "any"):
                found.add(one.low - killed)
    most = _most(facts, "killed" if side == "killed" else "wounded")
    found |= {
        most + 1,
        facts.with_self,
        facts.done_to + facts.own_deaths,
        facts.others_dead + facts.own_deaths,
        _sum(facts, side),
    }
    return tuple(sorted(number for number in found if 0 <= number <= MOST))


def _most(facts: Facts, group: str) -> int:
    return max((one.low for one, region in facts.groups[group] if region in _EARLY), default=0)


def _sum(facts: Facts, side: Side) -> int:
    names = ("killed",) if side == "killed" else ("wounded", "struck")
    return sum({one.low for name in names for one, region in facts.groups[name] if region in _EARLY})


def describe(facts: Facts, side: Side, number: int, killed: int = 0, surety: float = 0.0) -> dict[str, float]:
    """Return the named features of one number; for the injured, `killed` is the toll chosen, with its surety."""
    found: dict[str, float] = {
        "number": min(number, 5), "sentences": min(facts.sentences, 100),
        "start": min(facts.start, 30), **facts.hints, **facts.told,
    }  # fmt: skip
    if side == "injured":
        found["dead"], found["dead surety"] = min(killed, 5), surety
    found.update(_of_voice(facts.voice.get(side, (1.0,)), number))
    for name, members in facts.groups.items():
        found.update(_of_group(name, members, number, killed if side == "injured" else None, facts.start))
    found.update(_of_persons(facts, side, number))
    most = _most(facts, "killed")
    found["one more than told"] = float(number == most + 1)
    found["own deaths"], found["others dead"] = (
        float(min(3, facts.own_deaths)),
        float(min(5, facts.others_dead)),
    )
    found["over others dead"] = float(max(-3, min(3, number - facts.others_dead)))
    found["done to"] = float(min(5, facts.done_to))
    found["with done to"] = _sign(number - facts.done_to - facts.own_deaths) if facts.done_to else 2.0
    found["with self"] = _sign(number - facts.with_self) if facts.with_self else 2.0
    found["with own deaths"] = _sign(number - facts.others_dead - facts.own_deaths)
    found["sum of told"] = _sign(number - _sum(facts, side))
    struck = max(_most(facts, "struck"), _most(facts, "struck times"))
    rest = {one.low for one, region in facts.groups["wounded"] if region in _EARLY}
    found["rest is told"] = float(struck > 0 and struck - number in rest) if side == "killed" else 0.0
    found["rest of struck"] = float(struck > 0 and struck - killed == number) if side == "injured" else 0.0
    return found


def _of_voice(voice: Sequence[float], number: int) -> Iterator[tuple[str, float]]:
    """Yield how likely the words make a number, how far that is from the likeliest, and the smallest numbers' odds."""
    own = voice[min(number, len(voice) - 1)]
    yield "voice", own
    yield "voice short of best", own - max(voice)
    for small in range(_HEARD):
        yield f"voice {small}", voice[small] if small < len(voice) else 0.0
    yield "voice many", sum(voice[_HEARD:])


def _of_group(
    name: str, members: Sequence[tuple[Evidence, str]], number: int, killed: int | None, start: int
) -> Iterator[tuple[str, float]]:
    for region in REGIONS:
        here = [one for one, where in members if where == region]
        yield f"{name} same {region}", float(min(3, sum(one.low == number for one in here)))
        yield f"{name} above {region}", float(min(3, sum(one.low > number for one in here)))
        if killed is not None and name in _SHIFTED:
            yield f"{name} rest {region}", float(min(3, sum(one.low == number + killed for one in here)))
    same = [one for one, _ in members if one.low == number]
    yield f"{name} first", float(min((one.sentence - start for one in same), default=_FAR))
    yield f"{name} share", len(same) / max(1, len(members))
    yield f"{name} past", float(min((one.past for one in same), default=False))
    yield f"{name} dated", float(min((one.dated for one in same), default=False))
    early = [one.low for one, where in members if where in _EARLY]
    yield f"{name} most", _sign(number - max(early, default=-1))
    yield f"{name} none", float(not early)


def _of_persons(facts: Facts, side: Side, number: int) -> Iterator[tuple[str, float]]:
    for name, (early, whole) in (("dead", facts.dead), ("hurt", facts.hurt)):
        yield f"{name} persons early", float(min(5, early))
        yield f"{name} persons", float(min(8, whole))
        yield f"over {name} early", float(max(-3, min(3, number - early)))
        yield f"over {name}", float(max(-3, min(3, number - whole)))
    yield "all persons", float(max(-3, min(3, number - facts.hurt[0] - facts.dead[0])))


def _sign(value: float) -> float:
    return float((value > 0) - (value < 0))
