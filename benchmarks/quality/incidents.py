"""Score the joining of articles on shootings by incident, and of judged pairs of a war's reports.

Usage: python -m benchmarks incidents --data DATA_FOLDER [--half odd|even] [--readings FOLDER] [--json FILE]
DATA_FOLDER holds gva/ (articles with the incident that the Gun Violence Archive filed them under) and, for the pairs, ruwa/.
Incidents whose id has an odd MD5 are for reporting, the even ones for training and tuning. The articles of the half are
added to a record in a temporary folder and linked as `dateline link` does; an article is in the group of the event that its
principal episode is in. Reading takes about ten minutes on one core; with --readings it is done once and kept.
"""

import json
import sys
import tempfile
from collections.abc import Hashable, Sequence
from pathlib import Path

from benchmarks.quality import incidents_splink
from benchmarks.quality.clusterings import score, sums_of
from benchmarks.quality.gold import find_file
from benchmarks.quality.incidents_rivals import CUTS, Article, alone, best_cut, by_city, by_words
from benchmarks.quality.linking import (
    INCIDENTS,
    SHOOTINGS,
    WAR,
    Half,
    Told,
    digest_of,
    episodes_in,
    half_of,
    readings_of,
    shootings,
    war_reports,
)  # fmt: skip
from benchmarks.quality.linking_fit import compare_all, fit_folds
from benchmarks.quality.linking_lessons import Shootings, compare_shootings, judged_pairs, war_sums
from benchmarks.quality.report import Score, announce, arguments, write
from dateline.linking.episodes import Episode, principal
from dateline.model.reading import Reading
from dateline.run.link import LinkKit, link, load_link_kit
from dateline.store.linked import Linked
from dateline.store.sqlite import create_record

BARS = {"pairwise": 0.80, "bcubed": 0.93}


def events_of(readings: Sequence[Reading], episodes: Sequence[Sequence[Episode]], kit: LinkKit) -> list[str]:
    """Add readings to a record, link it, and return the event that each one's principal episode is in."""
    chosen = [principal(found) for found in episodes]
    with tempfile.TemporaryDirectory() as folder:
        record = create_record(Path(folder) / "record")
        with record.writer() as writer:
            for reading in readings:
                writer.add_reading(reading)
        link(record, kit)
        connection = record.connection()
        found = Linked(connection).events_of_claims([one.id for one in chosen if one])
        connection.close()
    return [found[one.id][1] if one else f"nothing read in {number}" for number, one in enumerate(chosen)]


def measured(
    name: str, gold: Sequence[Hashable], groups: Sequence[Hashable], *, main: bool = False
) -> list[Score]:
    """Return the pairwise and the B-cubed score of a grouping."""
    return [
        score(f"{name}{measure}", sums_of(gold, groups, measure), main=main)
        for measure in ("pairwise", "bcubed")
    ]


def table(scores: Sequence[Score]) -> str:
    """Lay scores out as a plain table, one a line."""
    lines = [f"{'':<34}{'P':>6}{'R':>7}{'F1':>7}{'95 %':>14}"]
    for one in scores:
        lines.append(
            f"{one.name:<34}{one.precision:>6.3f}{one.recall:>7.3f}{one.value:>7.3f}{f'{one.low:.3f}–{one.high:.3f}':>14}"
        )
    return "\n".join(lines)


def _articles(told: Sequence[Told], data: Path) -> list[Article]:
    incidents = json.loads(find_file(data, *INCIDENTS).read_text(encoding="utf-8"))
    return [
        Article(
            incident=one.incident or "", told=one.report.published.toordinal() if one.report.published else 0,
            text=one.report.text, city="{city_or_county}, {state}".format(**incidents[one.incident]),
        )
        for one in told
    ]  # fmt: skip


class _Halves:
    """Both halves of the articles: told, readings, episodes and comparisons, each made when first asked for."""

    def __init__(self, data: Path, folder: Path | None, kit: LinkKit) -> None:
        self.data, self.kit = data, kit
        told = shootings(data)
        readings = readings_of("gva", told, folder)
        self.rows = {half: [row for row, one in enumerate(told) if half_of(one.incident or "") == half]
                     for half in ("odd", "even")}  # fmt: skip
        self.told = {half: [told[row] for row in rows] for half, rows in self.rows.items()}
        self.readings = {half: [readings[row] for row in rows] for half, rows in self.rows.items()}
        self.episodes = {
            half: episodes_in(found, kit.kinship, kit.frequencies) for half, found in self.readings.items()
        }
        self.gold = {half: [one.incident for one in found] for half, found in self.told.items()}
        self.articles = {half: _articles(found, data) for half, found in self.told.items()}

    def compared(self, half: Half) -> Shootings:
        """Return one half with its episodes compared."""
        return compare_shootings(self.told[half], self.episodes[half], self.kit.kinship)


def rivals(halves: _Halves, half: Half) -> list[Score]:
    """Return the scores of the other ways, their thresholds chosen on the even half."""
    gold, articles = halves.gold[half], halves.articles[half]
    found = measured("alone ", gold, alone(articles))
    cut = best_cut(by_words(halves.articles["even"]), CUTS, halves.gold["even"])
    found += measured(f"TF-IDF over {cut:g} ", gold, by_words(articles)(cut))
    found += measured("city, three days ", gold, by_city(articles))
    if not incidents_splink.is_there():
        print("Splink is not installed (pip install splink==5.0.0), so it is left out", file=sys.stderr)
        return found
    kinship = halves.kit.kinship
    even = incidents_splink.Side(episodes=halves.episodes["even"], shootings=halves.compared("even"))
    ours = incidents_splink.Side(episodes=halves.episodes[half], shootings=halves.compared(half))
    settings = incidents_splink.train(even, kinship)
    weights = [incidents_splink.weigh(side, kinship, settings) for side in (even, ours)]
    for name, way in (
        ("Splink, parts", incidents_splink.groups_by_parts),
        ("Splink, average", incidents_splink.groups_by_average),
    ):
        bits = best_cut(way(even, weights[0]), incidents_splink.CUTS, halves.gold["even"])
        found += measured(f"{name} over {bits:g} bits ", gold, way(ours, weights[1])(bits))
    return found


def war_score(halves: _Halves, data: Path, folder: Path | None) -> Score:
    """Return the score of the judged pairs, each joined by weights that were fitted without it."""
    reports = war_reports(data)
    readings = readings_of("ruwa", reports, folder)
    episodes = episodes_in(readings, halves.kit.kinship, halves.kit.frequencies)
    war = judged_pairs(readings, episodes, halves.kit.kinship)
    print(
        f"{len(war.pairs):,} judged pairs of the war, {war.missing} more are not read any more",
        file=sys.stderr,
    )
    models = fit_folds([halves.compared("even").lessons(), war.levels])
    return score("war pairs", war_sums(war, compare_all(episodes, halves.kit.kinship), models))


def main(argv: Sequence[str]) -> int:
    """Score one half of the archive's incidents and the judged pairs; see `--help`."""
    parser = arguments("incidents", __doc__ or "")
    parser.add_argument("--half", default="odd", choices=("odd", "even"))
    parser.add_argument("--readings", type=Path, help="folder in which readings are kept")
    parser.add_argument("--no-war", action="store_true", help="leave the judged pairs of the war out")
    options = parser.parse_args(argv)
    halves = _Halves(options.data, options.readings, load_link_kit())
    half: Half = options.half
    groups = events_of(halves.readings[half], halves.episodes[half], halves.kit)
    scores = measured("", halves.gold[half], groups, main=True)
    if not options.no_war:
        scores.append(war_score(halves, options.data, options.readings))
    scores += rivals(halves, half)
    data = {
        "file": Path(SHOOTINGS[0]).name, "sha256": digest_of(options.data, SHOOTINGS), "half": half,
        "documents": len(groups), "incidents": len(set(halves.gold[half])),
    }  # fmt: skip
    announce("incidents", data)
    print(table(scores))
    for one in scores[:2]:
        print(
            f"{one.name}: {'reaches' if (one.value or 0) >= BARS[one.name] else 'misses'} {BARS[one.name]:.2f}"
        )
    if options.errors:
        _show_errors(halves, half, groups)
    if options.json:
        data["war"] = "" if options.no_war else digest_of(options.data, WAR)
        write(options.json, benchmark="incidents", data=data, scores=scores)
    return 0


def _show_errors(halves: _Halves, half: Half, groups: Sequence[str]) -> None:
    """List the events of several incidents and the incidents of several events, by the articles' titles."""
    by_event: dict[str, list[Told]] = {}
    for one, group in zip(halves.told[half], groups, strict=True):
        by_event.setdefault(group, []).append(one)
    for found in by_event.values():
        if len({one.incident for one in found}) > 1:
            print("joined:", " | ".join(f"{one.incident} {one.report.title}" for one in found))
    parts: dict[str | None, set[str]] = {}
    for one, group in zip(halves.told[half], groups, strict=True):
        parts.setdefault(one.incident, set()).add(group)
    for incident, events in parts.items():
        if len(events) > 1:
            titles = (by_event[event][0].report.title for event in sorted(events))
            print(f"apart: {incident}", " | ".join(str(title) for title in titles))
