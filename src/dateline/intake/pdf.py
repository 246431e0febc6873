"""A PDF to a report: its text in reading order, with the lines of a paragraph joined."""

import io
import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from dateline.errors import InputError
from dateline.intake.confined import confined
from dateline.intake.decode import clean
from dateline.model.text import Report
from dateline.settings import Limits

_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"')\]”’»]*$")
_BULLET = re.compile(r"[•▪‣◦·∙*–—-]\s+\S")
_BROKEN_WORD = re.compile(r"[^\W\d_]-$")


def read_pdf(data: bytes, *, name: str, limits: Limits) -> Report:
    """Take the text out of a PDF; raise InputError for one without text, encrypted, broken, or past a limit.

    Page numbers and lines that stand at the head or foot of most pages are left out. The title of the file is
    taken only where the text holds it too, since programs write names of files there. The date of its making
    is not taken: a PDF is made when a page is printed, not when it was published.
    """
    options = {"pages": limits.pdf_pages, "characters": limits.characters}
    told = json.loads(confined("pdf", data, options, limits))
    text = clean(flowing([page.split("\n") for page in told["pages"]]))[0]
    if not text.strip():
        raise InputError(
            f"is a PDF of {len(told['pages']):,} pages without text, most likely scanned; run a program for "
            "character recognition on it first (such as ocrmypdf), or give its text"
        )
    title = " ".join(clean(told["title"])[0].split())
    if not title or _squeezed(title) not in _squeezed(text[:2_000]):
        title = ""
    return Report(text=text, title=title or None, name=name)


def parse_pdf(data: bytes, *, pages: int, characters: int) -> dict[str, Any]:
    """Return the text of each page, and the title that the file says it has; called in a process of its own."""
    import pypdf
    from pypdf.errors import DependencyError

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("is a PDF locked with a password; save it without one first")
        count = len(reader.pages)
        if count > pages:
            raise InputError(f"is a PDF of {count:,} pages; the limit is {pages:,}: split it into reports")
        texts: list[str] = []
        total = 0
        for page in reader.pages:
            texts.append(page.extract_text())
            total += len(texts[-1])
            if total > characters:
                raise InputError(
                    f"is a PDF with more than {characters:,} characters, the limit for one report: "
                    "split it into reports"
                )
        title = reader.metadata.title if reader.metadata else None
        return {"pages": texts, "title": title if isinstance(title, str) else ""}
    except DependencyError:
        raise InputError("is an encrypted PDF; save it without encryption first") from None
    except (InputError, MemoryError):
        raise
    except Exception as error:
        # pypdf raises many kinds of errors on broken files, its own and Python's.
        raise InputError(
            f"is a PDF that is broken ({type(error).__name__}: {str(error)[:120]}); save it again, or give its text"
        ) from None


def flowing(pages: Sequence[Sequence[str]]) -> str:
    """Join the lines of each paragraph, over pages too; paragraphs are parted by blank lines.

    A line ends its paragraph when it is clearly shorter than the lines of the document are wide, or somewhat
    shorter and ends a sentence; a bullet begins one. A word broken by a hyphen is joined unless the text has it with the hyphen.
    """
    lines = [line for page in _without_edges(pages) for line in page]
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return ""
    width = lengths[len(lengths) * 9 // 10]
    words = frozenset(re.findall(r"\w+-\w+", " ".join(lines)))
    paragraphs: list[str] = []
    open_line = ""
    for line in lines:
        if not line:
            open_line = "" if _ENDS_SENTENCE.search(open_line) or len(open_line) < width * 0.7 else open_line
        elif not open_line or _BULLET.match(line):
            paragraphs.append(line)
            open_line = line
        else:
            paragraphs[-1] = _joined(paragraphs[-1], line, words)
            open_line = line
        if line and len(line) < width * (0.92 if _ENDS_SENTENCE.search(line) else 0.7):
            open_line = ""
    return "\n\n".join(paragraphs) + "\n"


def _joined(before: str, line: str, words: frozenset[str]) -> str:
    before = before.removesuffix("\u00ad") if before.endswith("\u00ad") else before + " "
    if _BROKEN_WORD.search(before[:-1]) and line[:1].islower():
        halves = f"{before.split()[-1]}{line.split()[0].strip('.,;:!?')}"
        return (before[:-1] if halves in words else before[:-2]) + line
    return before + line


def _without_edges(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Drop page numbers, and lines that open or close at least three pages and half of all."""
    kept = [[" ".join(line.split()) for line in page] for page in pages]
    for page in kept:
        while page and not page[0]:
            del page[0]
        while page and not page[-1]:
            del page[-1]
    for place in (0, -1):
        edges = Counter(re.sub(r"\d+", "0", page[place]) for page in kept if page)
        for page in kept:
            if not page:
                continue
            count = edges[re.sub(r"\d+", "0", page[place])]
            if _PAGE_NUMBER.fullmatch(page[place]) or (count >= 3 and count * 2 >= len(kept)):
                del page[place]
    return kept


def _squeezed(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()
