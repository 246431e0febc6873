"""A page of the desk in a real browser, watched for what no page may do; and a record of reports made to hurt."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from browsing import Watch, axe_faults
from dateline.run.add import add
from dateline.run.link import link
from dateline.settings import Settings
from dateline.store.sqlite import Record, create_record
from occurred import kit

# What each field of a hostile report holds: markup, a way out of an attribute, templates, SQL, turned direction, nulls.
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)> {{ 7*7 }} {% raw %} ${7*7} "
    "'); DROP TABLE reports;-- \u202egnp.exe\u2066 \x00 \x1b[31m &lt;b&gt; </title></script><!--"
)


@dataclass(frozen=True, slots=True)
class Watched:
    """A page of the desk, watched for what it asks of elsewhere, says or breaks."""

    page: Any
    watch: Watch

    def check(self) -> None:
        """Nothing was asked of elsewhere, no rule was broken, no dialog opened, and nothing stands out at the side."""
        self.watch.check()
        width = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert width <= 0, f"the page scrolls sideways by {width} px"

    def faults(self) -> list[str]:
        """Return what axe-core finds wrong."""
        return axe_faults(self.page)

    def unfold(self) -> None:
        """Open all that is folded."""
        self.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


@contextmanager
def watched(
    browser: Any, address: str, path: str, *, width: int = 1280, scheme: str = "light"
) -> Iterator[Watched]:
    """Open a page of the desk and watch it."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    one = Watched(page, Watch(page, address))
    page.goto(address + path)
    yield one
    context.close()


def made_record(folder: Path, rows: list[dict[str, Any]], *, name: str = "reports.jsonl") -> Record:
    """Make a record of reports that came in one file, and link it."""
    folder.mkdir(exist_ok=True)
    source = folder / name
    source.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    record = create_record(folder / "record")
    add([str(source)], record, Settings())
    link(record, kit())
    return record


def hostile_rows() -> list[dict[str, Any]]:
    """Return reports whose every field was made to hurt, and which tell of something."""
    telling = (
        f"Ten people were killed when rockets hit a school in Odesa on 3 May 2022, the mayor {HOSTILE} said. "
        f"Shelling hit <script>alert(4)</script> in Kharkiv, police in \u202etrebrevo\u202c said. {HOSTILE}\n\n"
        "The attack did not happen, the ministry said."
    )
    urls = (
        "javascript:alert(5)", 'https://example.org/"><script>alert(6)</script>',
        "data:text/html,<script>alert(7)</script>",
    )  # fmt: skip
    return [
        {
            "text": telling, "published": "2022-05-04", "publisher": f"Outlet {number} {HOSTILE}",
            "title": f"Killed {number} {HOSTILE}", "url": url,
        }
        for number, url in enumerate(urls)
    ]  # fmt: skip
