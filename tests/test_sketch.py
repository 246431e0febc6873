"""Sketches of texts: no pair that is a copy is lost by them, and most that are none are told."""

import random
from itertools import combinations

from dateline.linking.likeness import are_copies, compare_texts
from dateline.linking.shingles import profile_of
from dateline.linking.sketch import may_copy, sketch_of

WORDS = (
    "the army of a town hill market road river bridge said shells fell on people near school killed nine wounded and "
    "governor doctor by telephone night morning houses burned water station closed to trade in Dilling Goma Bukavu Kadugli"
).split()
NOTICES = ("Photo by a reader", "Sign up for our letter", "All of it is true", "More of this below here")


def sentence(draw: random.Random) -> str:
    """Return a sentence of words drawn from a few, so that texts share many runs of words."""
    return " ".join(draw.choices(WORDS, k=draw.randrange(5, 30))).capitalize() + "."


def changed(draw: random.Random, lines: list[str]) -> list[str]:
    """Return a text cut, put together anew, or with words and lines of its own."""
    lines = list(lines)
    for _ in range(draw.randrange(4)):
        match draw.randrange(5):
            case 0 if len(lines) > 1:
                del lines[draw.randrange(len(lines))]
            case 1:
                lines.insert(draw.choice((0, len(lines))), draw.choice(NOTICES))
            case 2:
                lines.insert(draw.randrange(len(lines) + 1), sentence(draw))
            case 3:
                at = draw.randrange(len(lines))
                words = lines[at].split()
                words[draw.randrange(len(words))] = draw.choice(WORDS)
                lines[at] = " ".join(words)
            case _:
                draw.shuffle(lines)
    return lines


def test_no_copy_is_lost() -> None:
    draw = random.Random(11)
    copies = left_out = 0
    for _ in range(60):
        first = [sentence(draw) for _ in range(draw.randrange(1, 6))]
        texts = ["\n".join(changed(draw, first)) for _ in range(5)]
        sketches = {number: sketch_of(profile_of(text)) for number, text in enumerate(texts)}
        for one, other in combinations(range(len(texts)), 2):
            likeness = compare_texts(texts[one], texts[other])
            if likeness.identical:
                continue
            found = may_copy(sketches[one], {other: sketches[other]})
            assert bool(found) == bool(may_copy(sketches[other], {one: sketches[one]}))
            if are_copies(likeness):
                copies += 1
                assert found == [other], (texts[one], texts[other])
            left_out += not found
    assert copies > 100
    assert left_out > 10


def test_texts_of_other_words_are_told_apart() -> None:
    draw = random.Random(12)
    texts = ["\n".join(sentence(draw) for _ in range(6)) for _ in range(40)]
    sketches = {number: sketch_of(profile_of(text)) for number, text in enumerate(texts)}
    pairs = sum(len(may_copy(sketches.pop(number), sketches)) for number in range(len(texts)))
    assert pairs == 0


def test_a_text_without_words_copies_nothing() -> None:
    empty, told = sketch_of(profile_of("...")), sketch_of(profile_of(sentence(random.Random(13))))
    assert empty.words == empty.shingles == len(empty.body) == 0
    assert may_copy(empty, {1: told, 2: empty}) == []
