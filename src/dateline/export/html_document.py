"""The frame of an HTML page that makes no request: head, policy, its one style and its one script."""

import base64
import hashlib

from dateline.export.html_element import Markup, element, raw


def document(title: str, *, style: str, script: str, body: tuple[Markup | None, ...]) -> str:
    """Return a page whose policy allows its own style and script by their hashes and nothing else.

    The script stands behind the body. Equal parts give equal pages.
    """
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        raw("style", style),
    )
    return f"<!doctype html>\n{element('html', head, element('body', *body, raw('script', script)), lang='en')}\n"


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
