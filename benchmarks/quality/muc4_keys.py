"""Read the MUC-4 corpus: messages, and keys of templates with alternative, optional and cross-referenced fills.

Source: "Task description, template design, and specifications for slot fillers" (MUC-4, template-doc version 7),
sections 4.2 and 6; "text-headers-info".
"""

import io
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

SLOTS = {
    2: "date", 3: "location", 4: "type", 5: "stage", 6: "instrument", 7: "instrument type", 8: "category",
    9: "perpetrator", 10: "organization", 11: "confidence", 12: "physical target", 13: "physical type",
    14: "physical number", 15: "physical nation", 16: "physical effect", 17: "physical total", 18: "human name",
    19: "human description", 20: "human type", 21: "human number", 22: "human nation", 23: "human effect",
    24: "human total",
}  # fmt: skip
STRINGS = frozenset((6, 9, 10, 12, 18, 19))
SETS = frozenset((4, 5, 7, 8, 11, 13, 15, 16, 20, 22, 23))
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_SLOT = re.compile(r"^(\d{1,2})\.\s+[A-Z][A-Z: ]*?(?:\s{2,}|\t+\s*|\s+(?=[-*]\s*$))(\S.*?)\s*$")
_MESSAGE = re.compile(r"(?m)^\s*((?:DEV|TST\d)-MUC[34]-\d{4})\b.*$")
_HEADER_DATE = re.compile(r"\b(\d{1,2})\s+([A-Z]{3})[A-Z]*\.?\s+(\d{2})\b")
_BODY = re.compile(r"\[(?:TEXT|SUMMARY|EXCERPTS?)\]\s*")
_PIECE = re.compile(r'"(?:\\"|[^"\\]|\\.)*"|[^/"]+|/')


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """One fill: alternative values, the values its cross-reference may have (none: no reference), and optional.

    A value keeps no quote marks; "-" as a reference means a dummy. `refs` of a set fill hold where `values` hold.
    """

    values: tuple[str, ...]
    refs: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """An incident: fills by slot number; a slot of `closed` is inapplicable and is not scored."""

    fills: dict[int, tuple[Fill, ...]]
    closed: frozenset[int] = frozenset()
    optional: bool = False

    def values(self, slot: int) -> tuple[str, ...]:
        """Return the first alternative of each fill of a slot."""
        return tuple(fill.values[0] for fill in self.fills.get(slot, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A text with its key; `body` begins after the header, whose date is `published`."""

    id: str
    header: str
    body: str
    published: date | None
    templates: tuple[Template, ...] = field(default=())


def read_messages(path: Path, parts: tuple[str, ...]) -> list[Message]:
    """Return the messages of parts ("dev", "tst1", "tst2") of the archive, with their keys, by id."""
    texts: dict[str, str] = {}
    keys: dict[str, list[Template]] = {}
    with tarfile.open(fileobj=io.BytesIO(path.read_bytes())) as archive:
        for member in sorted(archive.getmembers(), key=lambda item: item.name):
            name = Path(member.name)
            file = archive.extractfile(member) if member.isfile() else None
            if file is None or name.parent.name not in parts:
                continue
            content = file.read().decode("latin-1")
            if name.name.startswith("key-"):
                for ident, templates in read_keys(content).items():
                    keys.setdefault(ident, []).extend(templates)
            elif "-muc" in name.name:
                texts.update(split_messages(content))
    return [
        _message(ident, text, tuple(keys[ident])) for ident, text in sorted(texts.items()) if ident in keys
    ]


def split_messages(content: str) -> dict[str, str]:
    """Return the texts of a file by message id."""
    heads = list(_MESSAGE.finditer(content))
    ends = [head.start() for head in heads[1:]] + [len(content)]
    return {head[1]: content[head.end() : end].strip() for head, end in zip(heads, ends, strict=True)}


def _message(ident: str, text: str, templates: tuple[Template, ...]) -> Message:
    body = _BODY.search(text)
    start = body.end() if body is not None else 0
    header = text[:start] if start else text[:120]
    return Message(
        id=ident, header=header, body=text[start:], published=read_date(header), templates=templates
    )


def read_date(words: str) -> date | None:
    """Return the first date like "4 FEB 90" in words; null without one."""
    found = _HEADER_DATE.search(words.upper())
    if found is None or found[2] not in MONTHS:
        return None
    try:
        return date(1900 + int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        return None


def read_keys(content: str) -> dict[str, list[Template]]:
    """Return the templates of a key file by message id; a message without an incident has none."""
    found: dict[str, list[Template]] = {}
    for ident, slots in _blocks(content):
        templates = found.setdefault(ident, [])
        number = " ".join(slots.get(1, ["*"]))
        if not number.startswith("*"):
            templates.append(read_template(slots, optional="OPTIONAL" in number))
    return found


def _blocks(content: str) -> Iterator[tuple[str, dict[int, list[str]]]]:
    slots: dict[int, list[str]] = {}
    ident, slot = "", -1
    for line in content.splitlines():
        told = _SLOT.match(line)
        if told is not None and int(told[1]) == 0:
            if ident:
                yield ident, slots
            ident, slots, slot = told[2].split()[0], {}, 0
        elif told is not None:
            slot = int(told[1])
            slots[slot] = [told[2]]
        elif line.strip() and not line.startswith(";") and slot > 0 and line[:1] in " \t":
            _continue(slots[slot], line.strip())
    if ident:
        yield ident, slots


def _continue(fills: list[str], line: str) -> None:
    """Add a line to a slot: the rest of a fill that is not closed, or a fill of its own."""
    last = fills[-1]
    if last.endswith(("/", ":")) or line.startswith("/") or last.replace('\\"', "").count('"') % 2:
        fills[-1] = f"{last} {line}"
    else:
        fills.append(line)


def read_template(slots: dict[int, list[str]], *, optional: bool = False) -> Template:
    """Return a template from the lines of its slots."""
    fills: dict[int, tuple[Fill, ...]] = {}
    closed: set[int] = set()
    for slot in SLOTS:
        lines = [line for line in slots.get(slot, []) if line not in ("-", "")]
        if lines == ["*"]:
            closed.add(slot)
            continue
        read = [read_fill(slot, line) for line in lines if line != "*"]
        fills[slot] = tuple(fill for fill in read if fill.values)
    return Template(fills=fills, closed=frozenset(closed), optional=optional)


def read_fill(slot: int, line: str) -> Fill:
    """Read a fill: "?" makes it optional, " / " parts alternatives, ":" a value from what it refers to."""
    optional = line.startswith("?")
    line = line.lstrip("? ").strip()
    if slot in (2, 3):
        parts = tuple(" ".join(part.split()) for part in line.split("/"))
        if slot == 2:
            parts = tuple(part.strip("() ") for part in parts)
        return Fill(values=tuple(part for part in parts if part and part != "-"), optional=optional)
    values: list[str] = []
    refs: list[str] = []
    pieces = [piece.strip() for piece in _PIECE.findall(line)]
    after_colon = False
    for piece in pieces:
        if piece in ("", "/"):
            continue
        if piece.startswith('"'):
            (refs if after_colon else values).append(piece[1:-1].replace('\\"', '"').strip())
            continue
        for number, part in enumerate(piece.split(":")):
            if number:
                after_colon = True
            word = part.strip().lstrip("?").strip()
            if word.count("(") != word.count(")"):
                word = word.strip("()")
            if word and word != "-":
                after_colon = False
                values.append(word)
                if number == 0 and ":" in piece:
                    continue
        after_colon = ":" in piece
    return Fill(values=tuple(dict.fromkeys(values)), refs=tuple(dict.fromkeys(refs)), optional=optional)
