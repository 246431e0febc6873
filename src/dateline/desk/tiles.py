"""The address of map tiles that a user may set: checked, and the one origin that it lets pages ask."""

from urllib.parse import urlsplit

from dateline.errors import DatelineError

LOCAL = ("localhost", "127.0.0.1", "::1")
# What would end a directive of a Content-Security-Policy or add a source to it.
UNSAFE = " \t\r\n;,'\"<>\\*"


def tile_origin(url: str) -> str:
    """Return the origin of a tile address such as https://tiles.example.org/{z}/{x}/{y}.png, for the page's policy.

    Raises `DatelineError` unless it is an https address (http on this machine) of one host with {z}, {x} and {y}.
    """
    parts = urlsplit(url)
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    wrong = any(sign in parts.netloc for sign in UNSAFE + "{}@") or not host
    if wrong or not (parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL)):
        raise DatelineError(f"{url!r} is no address of map tiles: give https://HOST/…/{{z}}/{{x}}/{{y}}.png")
    missing = [name for name in ("{z}", "{x}", "{y}") if name not in url]
    if missing:
        raise DatelineError(f"the address of map tiles {url!r} lacks {', '.join(missing)}")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")
