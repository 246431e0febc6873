"""Draw the pictures of the README from the examples: `make picture`; needs chromium, and `make desk` before."""

import io
import re
import shutil
import sys
import tempfile
import threading
from pathlib import Path

import uvicorn
from rich.console import Console
from rich.terminal_theme import TerminalTheme

from dateline.desk.app import create_app
from dateline.desk.desk import Desk, DeskSettings
from dateline.desk.serve import bound
from dateline.export.html import page
from dateline.export.terminal import show
from dateline.model.reading import Reading
from dateline.run.add import add
from dateline.run.link import link
from dateline.run.link_kit import load_link_kit
from dateline.run.local import read_files
from dateline.run.summaries import refresh
from dateline.settings import Settings
from dateline.store.sqlite import create_record

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "img"
EXAMPLE = "examples/agency.txt"
COLUMNS = 92
THEME = TerminalTheme(
    (252, 251, 248),
    (28, 27, 25),
    [
        (28, 27, 25),
        (160, 24, 24),
        (23, 96, 47),
        (122, 74, 0),
        (11, 79, 138),
        (122, 31, 120),
        (11, 79, 138),
        (86, 82, 74),
    ],
    [
        (86, 82, 74),
        (160, 24, 24),
        (23, 96, 47),
        (255, 228, 154),
        (11, 79, 138),
        (122, 31, 120),
        (11, 79, 138),
        (28, 27, 25),
    ],
)


def main() -> int:
    """Read the examples and draw all pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("chromium is missing; install it to draw the page", file=sys.stderr)
        return 1
    readings = [outcome for outcome in read_files([EXAMPLE], Settings()) if isinstance(outcome, Reading)]
    IMAGES.mkdir(exist_ok=True)
    (IMAGES / "terminal.svg").write_text(terminal_picture(readings[0]), encoding="utf-8")
    draw_page(page(readings), chromium, IMAGES / "page.png")
    draw_desk(chromium, IMAGES / "desk.png")
    return 0


def terminal_picture(reading: Reading) -> str:
    """Return the terminal view as SVG in system fonts, without the links to fonts that rich puts in."""
    console = Console(
        record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor",
        highlight=False, markup=False,
    )  # fmt: skip
    show(reading, console)
    svg = console.export_svg(title=f"dateline read {EXAMPLE}", theme=THEME, unique_id="dateline")
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    return re.sub(r"[ \t]+\n", "\n", svg.replace("Fira Code", "DejaVu Sans Mono, Menlo, Consolas"))


def draw_page(html: str, chromium: str, target: Path) -> None:
    """Photograph the page in a window of 1280 pixels, with one claim lit."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "page.html"
        path.write_text(html, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1280, "height": 860})
        tab.goto(path.as_uri())
        tab.hover("a.trigger >> nth=3")
        tab.screenshot(path=target)
        browser.close()


def draw_desk(chromium: str, target: Path) -> None:
    """Photograph the overview of the desk over the examples, when its map is drawn, with the tour put away."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        record = create_record(Path(folder) / "record")
        add([str(ROOT / "examples")], record, Settings())
        kit = load_link_kit()
        link(record, kit)
        refresh(record, kit)
        desk = Desk(record.path, DeskSettings(who="Ada"))
        listener = bound("127.0.0.1", 0)
        server = uvicorn.Server(uvicorn.Config(create_app(desk), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
        )
        tab = browser.new_page(viewport={"width": 1280, "height": 1180})
        tab.set_default_timeout(180_000)
        tab.goto(f"http://127.0.0.1:{listener.getsockname()[1]}/")
        tab.get_by_role("button", name="Understood, put this away").click()
        # The map tells that it is drawn by what it counts; the towns come after.
        tab.get_by_text("Shown here:").wait_for()
        tab.wait_for_load_state("networkidle")
        tab.wait_for_timeout(4_000)
        tab.screenshot(path=target)
        browser.close()
        server.should_exit = True
        thread.join()
        listener.close()


if __name__ == "__main__":
    sys.exit(main())
