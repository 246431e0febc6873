"""Give capitalised headlines and all-capitals text the case the parser was trained on, length kept."""

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL = frozenset(
    "a an and as at but by for from in into is nor of off on onto or over per the to up via vs with after".split()
)


def is_capitalised(text: str) -> bool:
    """Whether a line is written In Title Case or IN CAPITALS: nine in ten of its longer words are capitalised."""
    words = [word for word in _WORD.findall(text[:400]) if word.lower() not in _SMALL]
    if len(words) < 4:
        return bool(words) and len(words) > 1 and all(word.isupper() and len(word) > 1 for word in words)
    return sum(word[0].isupper() for word in words) >= 0.85 * len(words)


def truecase(text: str, *, headline: bool) -> str:
    """Placeholder: return the text as it is; replaced by the full step."""
    return text
