"""Cut a report's paragraphs into windows of word pieces for the encoder, each piece with its characters and case."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

CLS, SEP = 101, 102
MOST = 256  # pieces of a window, marks at its ends included
_STOP_IDS = frozenset((1012, 999, 1029, 1000, 1524))  # . ! ? " ” in the vocabulary of BERT, uncased


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Word pieces of consecutive paragraphs: ids, case classes, and each piece's characters in the report.

    `starts` and `ends` are half-open offsets, -1 for the marks [CLS] and [SEP]; `words` holds where the piece's
    word starts (-1 for marks): a word is what the tokenizer splits into pieces.
    """

    ids: tuple[int, ...]
    cases: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[int, ...]


Piece = tuple[int, int, int, int, int]  # id, case, start, end, word


def case_of(word: str) -> int:
    """Return how a word is written: 0 no letter, 1 lower, 2 Capitalised, 3 one capital, 4 CAPITALS, 5 mIxed, 6 digits.

    The word pieces are uncased, so this is all that the encoder knows of capitals.
    """
    if word[:1].isdigit():
        return 6
    if not word[:1].isalpha():
        return 0
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) == 1 else 4
    return 2 if word[:1].isupper() and word[1:].islower() else 5


def windows_of(
    text: str, paragraphs: Iterable[tuple[int, int]], tokenizer: Any, most: int = MOST
) -> tuple[Window, ...]:
    """Pack a text's paragraphs (start, end) into windows of at most `most` pieces, in order, none twice.

    A paragraph that does not fit in what is left of a window opens the next one; one longer than a whole window
    is cut after a sentence. [SEP] stands between paragraphs.
    """
    windows: list[list[Piece]] = []
    room = most - 2
    held: list[Piece] = []
    for start, end in paragraphs:
        for part in _cut(_pieces(text, start, end, tokenizer), room):
            if held and len(held) + 1 + len(part) > room:
                windows.append(held)
                held = []
            if held:
                held.append((SEP, 0, -1, -1, -1))
            held.extend(part)
    if held:
        windows.append(held)
    return tuple(_window(pieces) for pieces in windows)


def _pieces(text: str, start: int, end: int, tokenizer: Any) -> list[Piece]:
    encoding = tokenizer.encode(text[start:end], add_special_tokens=False)
    offsets: Sequence[tuple[int, int]] = encoding.offsets
    numbers: Sequence[int] = encoding.word_ids
    whole: dict[int, tuple[int, int]] = {}
    for number, (first, last) in zip(numbers, offsets, strict=True):
        known = whole.get(number)
        whole[number] = (known[0], last) if known else (first, last)
    cases = {number: case_of(text[start + first : start + last]) for number, (first, last) in whole.items()}
    return [
        (identity, cases[number], start + first, start + last, start + whole[number][0])
        for identity, number, (first, last) in zip(encoding.ids, numbers, offsets, strict=True)
    ]


def _cut(pieces: list[Piece], room: int) -> Iterator[list[Piece]]:
    while len(pieces) > room:
        at = next((i + 1 for i in range(room - 1, room // 2, -1) if _ends_sentence(pieces, i)), room)
        yield pieces[:at]
        pieces = pieces[at:]
    if pieces:
        yield pieces


def _ends_sentence(pieces: list[Piece], i: int) -> bool:
    stop = pieces[i][0] in _STOP_IDS
    return stop and (i + 1 == len(pieces) or pieces[i + 1][0] not in _STOP_IDS)


def _window(pieces: list[Piece]) -> Window:
    marked = [(CLS, 0, -1, -1, -1), *pieces, (SEP, 0, -1, -1, -1)]
    ids, cases, starts, ends, words = zip(*marked, strict=True)
    return Window(ids=ids, cases=cases, starts=starts, ends=ends, words=words)
