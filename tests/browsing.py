"""A real browser for the tests, which fail where none may be missing; and what its pages asked, said and broke."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from dateline.desk.assets import STATIC

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# SwiftShader draws WebGL without a graphics card.
WITH_WEBGL = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
)
WITHOUT_WEBGL = ("--no-sandbox", "--disable-gpu", "--disable-3d-apis")
WAIT_S = 60
AXE = STATIC.parent / "frontend/node_modules/axe-core/axe.min.js"


def started_playwright() -> Iterator[Any]:
    """Yield the driver of browsers, of which a process has but one; skip where there is no browser, fail on CI."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is missing; install it")
        pytest.skip("chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


def launched(playwright: Any, flags: tuple[str, ...] = WITH_WEBGL) -> Any:
    """Return a browser."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=list(flags))


def until(page: Any, expression: str) -> Any:
    """Wait until an expression is true; playwright's own wait needs eval, which the desk's policy forbids."""
    for _ in range(WAIT_S * 10):
        if value := page.evaluate(expression):
            return value
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {expression}")


def axe_faults(page: Any) -> list[str]:
    """Return what axe-core finds wrong with a page for people who use it otherwise than by eye and mouse."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    return [f"{fault['id']}: {[node['target'] for node in fault['nodes']]}" for fault in found]


class Watch:
    """What a page asked of elsewhere, said as a warning or error, or broke; `check` fails if there was anything."""

    def __init__(self, page: Any, origin: str) -> None:
        self.page, self.said = page, list[str]()
        own = (f"{origin}/", "data:", "blob:")
        page.on(
            "request", lambda asked: self.said.append(asked.url) if not asked.url.startswith(own) else None
        )
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", self._dialog)

    def _console(self, message: Any) -> None:
        # SwiftShader tells that reading its picture back is slow.
        if message.type in ("error", "warning") and "GL Driver" not in message.text:
            self.said.append(message.text)

    def _dialog(self, dialog: Any) -> None:
        self.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def check(self) -> None:
        """Nothing was asked elsewhere, nothing broke the policy, nothing failed."""
        assert self.said == []
