"""How far a text is read, so that no input takes minutes."""

import re

from dateline.settings import Limits

_TOKEN = re.compile(r"\w+|[^\w\s]|(\n)")
# A line of its own costs the parser about as much as this many words and marks within a line.
_LINE_COST = 20
# Marks that no space divides cost the more the longer their run: at this distance from its start twice as
# much.
_RUN = 200


def read_end(text: str, limits: Limits) -> int:
    """Return the offset up to which a text is read: its length, unless it holds more words than the limit.

    Counted are words and punctuation marks, and 20 for each line; a mark far inside a run without spaces
    counts several times. A text that goes on is cut behind a line, or behind a word where the line is very
    long.
    """
    if len(text) < limits.words // _LINE_COST:
        return len(text)
    spent, run, end = 0, 0, 0
    for match in _TOKEN.finditer(text):
        if match[1] or match.start() != end:
            run = match.start()
        end = match.end()
        spent += _LINE_COST if match[1] else 1 + (match.start() - run) // _RUN
        if spent > limits.words:
            line = text.rfind("\n", 0, match.start()) + 1
            return line if line > match.start() * 0.9 else match.start()
    return len(text)
