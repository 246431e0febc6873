"""A page of the desk in a real browser, watched for what no page may do; and a record of reports made to hurt."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.desk.assets import STATIC
from dateline.run.add import add
from dateline.run.link import link
from dateline.settings import Settings
from dateline.store.sqlite import Record, create_record
from occurred import kit

AXE = STATIC.parent / "frontend/node_modules/axe-core/axe.min.js"
# What each field of a hostile report holds: markup, a way out of an attribute, templates, SQL, turned direction, nulls.
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)> {{ 7*7 }} {% raw %} ${7*7} "
    "'); DROP TABLE reports;-- \u202egnp.exe\u2066 \x00 \x1b[31m &lt;b&gt; </title></script><!--"
)


@dataclass(slots=True)
class Watched:
    """A page with all that it asked for, said and tried."""

    page: Any
    address: str
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def check(self) -> None:
        """Nothing was asked of elsewhere, nothing broke a rule of the policy, no dialog was opened, nothing stands out."""
        assert [url for url in self.asked if not url.startswith((self.address, "data:", "blob:"))] == []
        # The drawing of the map without a graphics card is told to be slow.
        assert [one for one in self.said if "GL Driver" not in one and "ReadPixels" not in one] == []
        assert self.dialogs == []
        width = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert width <= 0, f"the page scrolls sideways by {width} px"

    def dismiss(self, dialog: Any) -> None:
        """Note a dialog and close it."""
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def faults(self) -> list[str]:
        """Return what axe-core finds wrong."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run()")["violations"]
        return [f"{one['id']}: {[node['target'] for node in one['nodes']][:4]}" for one in found]

    def unfold(self) -> None:
        """Open all that is folded."""
        self.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


@contextmanager
def watched(
    browser: Any, address: str, path: str, *, width: int = 1280, scheme: str = "light"
) -> Iterator[Watched]:
    """Open a page of the desk and watch it."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    one = Watched(page=context.new_page(), address=address)
    one.page.on("request", lambda request: one.asked.append(request.url))
    one.page.on(
        "console",
        lambda message: one.said.append(message.text) if message.type in ("error", "warning") else None,
    )
    one.page.on("pageerror", lambda error: one.said.append(str(error)))
    one.page.on("dialog", lambda dialog: one.dismiss(dialog))
    one.page.goto(address + path)
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
