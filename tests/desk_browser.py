"""A real browser on the small site of desk_page, watched for what a page must not do; fixtures for the desk's tests."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from browsing import axe_faults, until
from desk_page import Site, running


class Watched:
    """A page with what it asked, said on the console and broke."""

    def __init__(self, browser: Any, site: Site, body: str, answers: dict[str, Any], **options: Any) -> None:
        site.bodies["test"] = body
        site.answers.clear()
        site.answers.update(answers)
        site.asked.clear()
        self.site = site
        self.context = browser.new_context(**{"viewport": {"width": 900, "height": 800}, **options})
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.messages: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.messages.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))
        self.page.goto(f"{site.base}/page/test")

    def until(self, expression: str) -> Any:
        """Wait until an expression is true."""
        return until(self.page, expression)

    def loaded(self, times: int = 1) -> None:
        self.until(f"window.said.filter((s) => s[0] === 'dateline-map:loaded').length >= {times}")

    def said(self, name: str) -> list[Any]:
        found: list[Any] = self.page.evaluate(
            "(name) => window.said.filter((s) => s[0] === name).map((s) => s[1])", name
        )
        return found

    def check(self) -> None:
        """Nothing left the origin, nothing broke the policy, nothing failed."""
        own = (self.site.base + "/", "data:")
        assert [url for url in self.requests if not url.startswith(own)] == []
        assert self.page.evaluate("window.violations") == []
        # SwiftShader tells that reading its picture back is slow.
        assert [m for m in self.messages if "ReadPixels" not in m and "GL Driver" not in m] == []


def faults(watched: Watched) -> list[str]:
    """Return what axe-core finds wrong with the page."""
    return axe_faults(watched.page)


Opened = Callable[..., Watched]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running(Site()) as served:
        yield served


@pytest.fixture
def opened(browser: Any, site: Site) -> Iterator[Opened]:
    pages: list[Watched] = []

    def open_page(body: str, answers: dict[str, Any], **options: Any) -> Watched:
        pages.append(Watched(browser, site, body, answers, **options))
        return pages[-1]

    yield open_page
    for watched in pages:
        watched.context.close()
