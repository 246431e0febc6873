"""Find the copies among the reports of a record: new ones with one another and with those that are there."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from hashlib import blake2b

from dateline.linking.copies import CANDIDATE, MOST_SHARED, TEMPLATE, is_template, join_pairs
from dateline.linking.likeness import Likeness, are_copies, are_related, compare_profiles
from dateline.linking.shingles import Profile, prints_of, profile_of
from dateline.linking.sketch import Sketch, may_copy, sketch_of
from dateline.store.linked_copies import LinkedCopies

_PROFILES = 4_096
# Words: a text no longer than a title is a copy only of one of the same day, since columns keep their titles.
TITLE = 20


class CopyFinder:
    """Adds reports to a record's groups of copies; texts of the same words are compared once."""

    def __init__(self, kept: LinkedCopies) -> None:
        self.kept = kept
        self.profile = lru_cache(maxsize=_PROFILES)(self._profile)
        self.prints = lru_cache(maxsize=_PROFILES)(lambda report: prints_of(self.profile(report)))
        self.likeness = lru_cache(maxsize=_PROFILES)(self._likeness)

    def add(self, reports: Iterable[int]) -> int:
        """Add reports by their steps; return how many pairs of texts were found to be copies."""
        touched: set[int] = set()
        found: set[tuple[int, int]] = set()
        for report in reports:
            text, is_new = self._text(report)
            self.kept.add_report(report, text)
            touched.add(text)
            if is_new:
                found |= self._alike(text)
        self.kept.add_alike(sorted(found))
        self._group(touched)
        return len(found)

    def _text(self, report: int) -> tuple[int, bool]:
        """Return the text of a report, by the first report with its words, and whether it is that one."""
        profile = self.profile(report)
        content = "\n".join(profile.keys) or f"no words: {report}"
        if len(profile.keys) < TITLE:
            content += f"\npublished {self.kept.day(report)}"
        words = blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        known = self.kept.text_with(words)
        if known is None:
            self.kept.add_text(words, report, self.prints(report))
            self.kept.add_sketch(report, sketch_of(profile))
        return (report, True) if known is None else (known, False)

    def _alike(self, text: int) -> set[tuple[int, int]]:
        near = self.kept.sharing(text, self.prints(text), CANDIDATE, MOST_SHARED)
        if not near:
            return set()
        own, sketches = sketch_of(self.profile(text)), self._sketches(near)
        pairs = (
            (min(text, other), max(text, other))
            for other in may_copy(own, sketches)
            if min(own.words, sketches[other].words) >= TITLE or self._of_one_day(text, other)
        )
        return {
            pair
            for pair in pairs
            # A template asks for more, and to know whether it is one costs more than the check.
            if are_copies(self.likeness(*pair))
            and are_copies(self.likeness(*pair), template=self._is_template(*pair))
        }

    def _sketches(self, texts: Collection[int]) -> dict[int, Sketch]:
        found = self.kept.sketches(texts)
        for text in sorted(set(texts) - found.keys()):
            # Linked before texts had sketches.
            found[text] = sketch_of(self.profile(text))
            self.kept.add_sketch(text, found[text])
        return found

    def _of_one_day(self, one: int, other: int) -> bool:
        return self.kept.day(one) == self.kept.day(other)

    def _group(self, texts: set[int]) -> None:
        alike = self.kept.alike_around(texts)
        likenesses = {(str(low), str(high)): self.likeness(low, high) for low, high in sorted(alike)}
        joined = [frozenset(map(int, group)) for group in join_pairs(likenesses, self._related)]
        inside = frozenset().union(*joined) if joined else frozenset()
        alone = {text for pair in alike for text in pair} | texts
        for group in (*joined, *({text} for text in alone - inside)):
            self.kept.group(group)

    def _related(self, one: str, other: str) -> bool:
        low, high = sorted((int(one), int(other)))
        return are_related(self.likeness(low, high), template=self._is_template(low, high))

    def _is_template(self, one: int, other: int) -> bool:
        return is_template(
            self.prints(one), self.prints(other), lambda value: self.kept.count(value, TEMPLATE)
        )

    def _likeness(self, one: int, other: int) -> Likeness:
        return compare_profiles(self.profile(one), self.profile(other))

    def _profile(self, report: int) -> Profile:
        return profile_of(self.kept.words(report))
