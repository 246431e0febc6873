"""Text that every format can hold."""

import re
from urllib.parse import urlsplit

# XML 1.0 allows no control characters but tab, line feed and carriage return, and no non-characters.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """Return a text that encodes to UTF-8: halves of surrogate pairs become U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def xml_plain(text: str) -> str:
    """Return a text that XML 1.0 can hold: characters that it may not have become U+FFFD."""
    return _NOT_XML.sub("\ufffd", plain(text))


def web_address(url: str | None) -> str | None:
    """Return an address of the web, or null; "javascript:" and the like are none."""
    try:
        return url if url is not None and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None
