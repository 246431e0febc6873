"""Sizes in words."""


def size_words(size: int) -> str:
    """Return a size in bytes in words, "20 MB"."""
    for unit, name in ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")):
        if size >= unit:
            return f"{size / unit:.3g} {name}"
    return f"{size} bytes"
