"""Files taken in, for the tests of intake; texts are of our own writing."""

from pathlib import Path
from typing import Any

from dateline.intake.arrival import Arrival, FailedInput
from dateline.intake.read import Arrived, read_paths
from dateline.model.text import Report
from dateline.settings import Settings

STORY = (
    "Shells fell on the market in Kadugli on Sunday and killed eleven people, hospital staff said.\n\n"
    "The army denied that its guns had fired.\n"
)
PAGE = """<!doctype html><html><head><title>Market shelled | Nile Wire</title>
<meta property="og:title" content="Market shelled">
<meta property="og:site_name" content="Nile Wire">
<meta property="article:published_time" content="{date}">
</head><body><nav><a href="/">Home</a></nav><article><h1>Market shelled</h1>
<p>Shells fell on the market in Kadugli on Sunday and killed eleven people, hospital staff said.</p>
<p>The army denied that its guns had fired &amp; blamed “rebels”.</p></article>
<script>var date = "1999-01-01"; document.write("<p>not the report</p>")</script>
<div id="comments" class="comments"><p>First! What a comment this is, said nobody.</p></div></body></html>"""


def take(path: Path | str, **settings: Any) -> Arrived:
    (arrived,) = read_paths([str(path)], Settings(**settings))
    return arrived


def taken(tmp_path: Path, content: str | bytes, name: str = "report.txt", **settings: Any) -> Arrived:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return take(path, **settings)


def report_of(arrived: Arrived) -> Report:
    assert isinstance(arrived, Arrival), arrived
    return arrived.report


def codes(arrived: Arrived) -> list[str]:
    assert isinstance(arrived, Arrival), arrived
    return [problem.code for problem in arrived.problems]


def failure(arrived: Arrived) -> str:
    assert isinstance(arrived, FailedInput), arrived
    return str(arrived)
