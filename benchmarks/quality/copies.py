"""Score the recognition of copies: 500 edits made by code among 5,000 real reports, and the copies among those."""

import csv
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from time import process_time

from benchmarks.quality.copies_edits import EDITS
from benchmarks.quality.copies_sample import DRAWN, SEEDS, Sample, draw, shingles_of
from benchmarks.quality.report import Rate, announce, arguments, summarise, table, write
from dateline.linking.copies import group_copies

# Pairs of real reports that ours or the baseline take for copies, judged by reading both: ids and "yes" or "no".
VERDICTS = Path(__file__).with_name("copies_verdicts.csv")
JACCARD = 0.5
MAIN = ("precision", "recall")
Pair = tuple[str, str]
Finder = Callable[[Mapping[str, str]], set[Pair]]


def by_dateline(texts: Mapping[str, str]) -> set[Pair]:
    """Return all pairs within the groups that Dateline makes."""
    groups = group_copies(list(texts.items()))
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def by_hash(texts: Mapping[str, str]) -> set[Pair]:
    """Return the pairs of equal text, but for case, marks and spaces."""
    same: dict[str, list[str]] = {}
    for id, text in texts.items():
        words = "".join(sign if sign.isalnum() else " " for sign in text.casefold())
        same.setdefault(" ".join(words.split()), []).append(id)
    return {pair for ids in same.values() for pair in combinations(sorted(ids), 2)}


def by_jaccard(texts: Mapping[str, str]) -> set[Pair]:
    """Return the pairs whose runs of five words overlap by half: what MinHash estimates, computed in full."""
    shingles = {id: shingles_of(text) for id, text in texts.items()}
    having: dict[str, list[str]] = {}
    found: set[Pair] = set()
    for id, own in shingles.items():
        shared: Counter[str] = Counter()
        for shingle in own:
            ids = having.setdefault(shingle, [])
            shared.update(ids)
            ids.append(id)
        for other, count in shared.items():
            if count >= JACCARD * (len(own) + len(shingles[other]) - count):
                found.add((min(id, other), max(id, other)))
    return found


FINDERS: Mapping[str, Finder] = {"": by_dateline, "jaccard ": by_jaccard, "hash ": by_hash}


def real_pair(pair: Pair, sample: Sample) -> Pair:
    """Return a pair with edits replaced by their originals, sorted; both may be the same."""
    one, other = sorted(sample.edits.get(id, (id,))[0] for id in pair)
    return one, other


def score(
    sample: Sample, found: Mapping[str, Collection[Pair]], verdicts: Mapping[Pair, bool]
) -> list[dict[str, Rate]]:
    """Return the counts of each report: its edit found or not, and the pairs found that begin with it.

    A pair of real reports is right if judged so; one not judged counts as wrong. Precision is over all pairs found,
    recall over the edits; pooled recall over the pairs of real reports that any method found and that are right.
    """
    sheets: dict[str, dict[str, Rate]] = {id: {} for id in sample.texts}

    def note(id: str, name: str, good: bool) -> None:
        sheets[id][name] = sheets[id].get(name, Rate()) + Rate.share(good)

    for prefix, pairs in found.items():
        for pair in pairs:
            one, other = real_pair(pair, sample)
            good = one == other or verdicts.get((one, other), False)
            names = [f"{prefix}precision", f"{prefix}precision {source_of(one)}"]
            if not any(id in sample.edits for id in pair):
                names.append(f"{prefix}real pairs")
            for name in names:
                note(one, name, good)
        for edited, (original, kind) in sample.edits.items():
            hit = tuple(sorted((edited, original))) in pairs
            for name in (
                f"{prefix}recall",
                f"{prefix}recall {source_of(original)}",
                f"{prefix}recall {kind}",
            ):
                note(original, name, hit)
    drawn = [
        pair
        for pair, good in verdicts.items()
        if good and pair[0] in sample.texts and pair[1] in sample.texts
    ]
    for prefix, pairs in found.items():
        for pair in drawn:
            note(pair[0], f"{prefix}pooled recall", pair in pairs)
    return list(sheets.values())


def source_of(id: str) -> str:
    """Return the file that a report is from."""
    return id.split(":")[0]


def read_verdicts(path: Path = VERDICTS) -> dict[Pair, bool]:
    """Read the judged pairs of real reports."""
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["one"], row["other"]): row["copy"] == "yes" for row in csv.DictReader(file)}


def names_of(prefix: str) -> Iterable[str]:
    """Yield the names of a method's scores, in the order of the table; in full for Dateline alone."""
    yield f"{prefix}precision"
    yield f"{prefix}recall"
    yield f"{prefix}real pairs"
    yield f"{prefix}pooled recall"
    if not prefix:
        yield from (f"precision {source}" for source in DRAWN)
    yield from (f"{prefix}recall {source}" for source in DRAWN)
    yield from (f"{prefix}recall {kind}" for kind in EDITS)


def main(argv: Sequence[str]) -> int:
    """Score the recognition of copies; see `--help`."""
    parser = arguments("copies", __doc__ or "")
    parser.add_argument("--part", choices=tuple(SEEDS), default="test", help="which half of the documents")
    options = parser.parse_args(argv)
    sample = draw(options.data, options.part)
    found = {}
    seconds = {}
    for prefix, finder in FINDERS.items():
        start = process_time()
        found[prefix] = finder(sample.texts)
        seconds[prefix] = round(process_time() - start, 1)
    verdicts = read_verdicts()
    real = {real_pair(pair, sample) for pairs in found.values() for pair in pairs}
    data = {
        "file": f"{', '.join(DRAWN)} ({options.part})",
        "sha256": sample.sha256,
        "documents": len(sample.texts),
        "edits": len(sample.edits),
        "equal texts dropped": sample.dropped,
        "pairs not judged": sum(one != other and (one, other) not in verdicts for one, other in real),
        "seconds": seconds[""],
    }
    names = [name for prefix in FINDERS for name in names_of(prefix)]
    summary = summarise(score(sample, found, verdicts), names, MAIN)
    announce("copies", data)
    print(table(summary))
    if options.errors:
        print(listing(sample, found[""], verdicts, real))
    if options.json:
        write(options.json, benchmark="copies", data=data, scores=summary)
    return 0


def listing(
    sample: Sample, found: Collection[Pair], verdicts: Mapping[Pair, bool], real: Collection[Pair]
) -> str:
    """List the edits missed, the pairs judged wrong, and the pairs of any method that nobody judged."""
    lines = []
    for edited, (original, kind) in sample.edits.items():
        if tuple(sorted((edited, original))) not in found:
            lines.append(
                f"missed ({kind}): {edited}\n  {sample.texts[original][:600]!r}\n  {sample.texts[edited][:600]!r}"
            )
    for pair in sorted({real_pair(pair, sample) for pair in found}):
        if pair[0] != pair[1] and verdicts.get(pair) is False:
            lines.append(
                f"wrong: {pair}\n  {sample.texts[pair[0]][:600]!r}\n  {sample.texts[pair[1]][:600]!r}"
            )
    for one, other in sorted(real):
        if one != other and (one, other) not in verdicts:
            ours = "ours" if (one, other) in found else "theirs"
            lines.append(
                f"not judged ({ours}): {one} {other}\n  {sample.texts[one][:600]!r}\n  {sample.texts[other][:600]!r}"
            )
    return "\n".join(lines)
