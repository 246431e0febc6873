"""Broken variants of reports, the same for the same seed, and inputs made to hurt a reader."""

import json
import random
from collections.abc import Callable, Iterator, Sequence

Mutation = tuple[str, bytes, str]
_ODD = (
    "\x00", "\x1b[31m", "\u202e", "\u200b", "\ufeff", "\ud83d\ude00", "e\u0301\u0301\u0301", "Ѐвіюя",
    "قصف", "“", "”", '"', "'", "‘", "(", "[", "…", "—", "--", "\t", "\r", "\r\n", "\u2028", "\xa0", "0",
    "-1", "99999999999999999999999", "1.5.3", "10,000,000,000,000,000", "half a dozen",
    "February 31, 2022", "9999-99-99", "0000-00-00", "31.02.22", "20 miles from near between north of",
    "said said said", "according to according to", "&amp;&lt;", "<b>", "{}", "%s", "\\", "�", "ﬁ", "İ",
    "ß", "²", "½", "Ⅷ", "٣", "१२",
)  # fmt: skip


def _cut(text: str, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(text) + 1)
    return start, min(len(text), start + int(chance.expovariate(1 / 20)))


def _delete(text: str, chance: random.Random) -> str:
    start, end = _cut(text, chance)
    return text[:start] + text[end:]


def _repeat(text: str, chance: random.Random) -> str:
    start, end = _cut(text, chance)
    return text[:end] + text[start:end] * chance.choice((1, 3, 30)) + text[end:]


def _insert(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(_ODD) * chance.choice((1, 1, 1, 40)) + text[at:]


def _swap(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    one, other = chance.randrange(len(words)), chance.randrange(len(words))
    words[one], words[other] = words[other], words[one]
    return " ".join(words)


def _case(text: str, chance: random.Random) -> str:
    return chance.choice((str.upper, str.lower, str.title, str.swapcase))(text)


def _drop_characters(text: str, chance: random.Random) -> str:
    return text.replace(chance.choice(" .,\n\"'aeiou0123456789"), chance.choice(("", "\n", " . ")))


def _truncate(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text) + 1)]


def _shuffle(text: str, chance: random.Random) -> str:
    words = text.split()
    chance.shuffle(words)
    return " ".join(words)


def _letter(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chr(chance.randrange(0x3000)) + text[at + 1 :]


_TEXT: tuple[Callable[[str, random.Random], str], ...] = (
    _delete, _repeat, _insert, _swap, _case, _drop_characters, _truncate, _shuffle, _letter, _insert, _letter,
)  # fmt: skip


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data or b" ")
    for _ in range(chance.choice((1, 3, 20))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _encode(text: str, chance: random.Random) -> tuple[bytes, str]:
    """Write a text as a file would hold it: mostly UTF-8, else another encoding, HTML or a JSON row."""
    form = chance.choice(
        ("utf-8",) * 6 + ("utf-16", "utf-16-le", "cp1252", "cp1251", "koi8-r", "html", "json", "flip")
    )
    if form == "html":
        tag = chance.choice(("p", "div", "blockquote", "table><tr><td", "ul><li", "script", "article"))
        return f"<html><body><{tag}>{text}</p>".encode("utf-8", "replace"), ".html"
    if form == "json":
        day = chance.choice(("2022-03-02", "2022-02-31", "yesterday", "", "1e9"))
        return json.dumps({"title": text[:40], "text": text, "date": day}).encode(), ".jsonl"
    data = text.encode("utf-8" if form == "flip" else form, "replace")
    return (_flip(data, chance) if form == "flip" else data), ""


def mutations(texts: Sequence[str], count: int, seed: int = 1) -> Iterator[Mutation]:
    """Yield `count` mutations of the texts in turn: name, bytes, ending of the file name."""
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        text = texts[number % len(texts)]
        steps = [chance.choice(_TEXT) for _ in range(chance.choice((1, 1, 2, 5)))]
        for step in steps:
            text = step(text, chance) or " "
        data, ending = _encode(text, chance)
        names = "+".join(step.__name__.strip("_") for step in steps)
        yield f"{number} {names}", data, ending


def hostile(size: int) -> Iterator[Mutation]:
    """Yield inputs made to hurt, each of about `size` bytes: long lines, nesting, bombs, odd bytes."""
    sentence = "Shells hit the market in Taiz on Monday, killing 12 people, a medic said. "
    texts = {
        "one line": sentence * (size // len(sentence)),
        "one word": "a" * size,
        "capitals": "A" * size,
        "spaces": "x" + " " * size + "y",
        "newlines": "x" + "\n" * size + "y",
        "digits": "7" * size,
        "commas": "1," * (size // 2),
        "opened quotes": "“" * size,
        "quotes": '"a" ' * (size // 4),
        "brackets": "(" * size,
        "dashes": "-" * size,
        "dots": "." * size,
        "capital words": "Abu Bakr " * (size // 9),
        "said": "he said that " * (size // 13),
        "and": "and a man and " * (size // 14),
        "near": "near Taiz north of " * (size // 19),
        "dates": "on Monday 3 May " * (size // 16),
        "headers": "date 2022-03-02 " * (size // 16),
        "combining": "e" + "\u0301" * (size // 2),
        "emoji": "\U0001f600" * (size // 4),
    }
    for name, text in texts.items():
        yield name, text.encode(), ".txt"
    pages = {
        "nested": "<div>" * (size // 5),
        "tables": "<table><tr><td>" * (size // 15),
        "attributes": "<p " + "a=1 " * (size // 4) + ">x</p>",
        "paragraphs": "<p>x</p>" * (size // 8),
        "unclosed": "<a" * (size // 2),
        "scripts": "<script>" * (size // 8),
        "comments": "<!--" * (size // 4),
        "entities": "&lt;" * (size // 4),
        "long attribute": f'<p title="{"x" * size}">Shells hit Taiz.</p>',
        "links": "<a href='/x'>y</a> " * (size // 19),
        "lists": "<ul><li>" * (size // 8),
        "meta": "<meta name=date content=x>" * (size // 26),
    }
    for name, page in pages.items():
        yield f"page of {name}", f"<html><body>{page}".encode(), ".html"
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    yield "entity bomb", f"{bomb}]><html><body><p>&a11;</p></body></html>".encode(), ".html"
    yield "deep row", b'{"text": ' + b"[" * size, ".jsonl"
    yield "long row", json.dumps({"text": sentence * (size // len(sentence))}).encode(), ".jsonl"
    yield "zeros", b"\0" * size, ""
    yield "all bytes", bytes(range(256)) * (size // 256), ""
    yield "invalid UTF-8", b"\xff\xfe\xfd caf\xe9 \x80" * (size // 11), ""
