"""A real browser on the small site of desk_page, watched for what a page must not do; fixtures for the desk's tests."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dateline.desk.assets import STATIC
from desk_page import Site, running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# SwiftShader draws WebGL without a graphics card.
WITH_WEBGL = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]
WITHOUT_WEBGL = ["--no-sandbox", "--disable-gpu", "--disable-3d-apis"]
WAIT_S = 60


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
        """Wait for an expression; playwright's own wait needs eval, which the policy forbids."""
        for _ in range(WAIT_S * 10):
            if value := self.page.evaluate(expression):
                return value
            self.page.wait_for_timeout(100)
        raise AssertionError(f"never true: {expression}; {self.messages}")

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
    """Return what axe-core finds wrong with the page for people who use it otherwise than by eye and mouse."""
    script = (STATIC.parent / "frontend/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
    watched.page.evaluate(script)
    found = watched.page.evaluate("axe.run()")["violations"]
    return [f"{fault['id']}: {[node['target'] for node in fault['nodes']]}" for fault in found]


Opened = Callable[..., Watched]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running(Site()) as served:
        yield served


@pytest.fixture(scope="module")
def playwright() -> Iterator[Any]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is missing; install it")
        pytest.skip("chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Any) -> Iterator[Any]:
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=WITH_WEBGL)
    yield started
    started.close()


@pytest.fixture(scope="module")
def without_webgl(playwright: Any) -> Iterator[Any]:
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=WITHOUT_WEBGL)
    yield started
    started.close()


@pytest.fixture
def opened(browser: Any, site: Site) -> Iterator[Opened]:
    pages: list[Watched] = []

    def open_page(body: str, answers: dict[str, Any], **options: Any) -> Watched:
        pages.append(Watched(browser, site, body, answers, **options))
        return pages[-1]

    yield open_page
    for watched in pages:
        watched.context.close()
