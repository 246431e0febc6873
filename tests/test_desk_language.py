"""The languages of the desk: catalogues that are complete, pages without a word that was not translated, days and numbers."""

import re
import time
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from tools import update_catalogues

from browsing import axe_faults
from dateline.desk import language as languages
from dateline.desk.call import DeskError
from dateline.desk.language import language_of
from dateline.desk.pages import PAGES
from dateline.desk.phrases import Phrases
from dateline.desk.told import Size, Term, told
from desk_served import Client, Served, copied, served

UK = {"accept-language": "uk"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sr]|\{(\w+)\}|(&quot;)")
# What is a name or a unit in every language.
NAMES = frozenset(
    ("Dateline", "UTC", "SHA", "JSON", "ACLED", "PLOVER", "CAMEO", "MUC", "CSV", "ZIP", "English", "https")
)
DATA = frozenset(
    ("bdi", "q", "code", "kbd", "pre", "script", "style", "mark", "del", "ins", "blockquote", "title")
)
SHOWN = (
    "aria-label",
    "title",
    "placeholder",
    "alt",
    "data-label",
    "data-words",
    "data-said",
    "data-drop",
    "data-failed",
)


def catalogue(language: str) -> Catalog:
    path = dict(update_catalogues.catalogues())[language]
    with path.open("rb") as source:
        return read_po(source, locale=language)


def forms(words: Any) -> tuple[str, ...]:
    return tuple(words) if isinstance(words, list | tuple) else (str(words),)


def strings(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


@pytest.mark.parametrize("language", ["en", "uk"])
def test_catalogues_hold_the_strings_of_the_code_and_no_others(language: str) -> None:
    found = {forms(message.id) for message in update_catalogues.strings() if message.id}
    assert {forms(message.id) for message in strings(language)} == found


@pytest.mark.parametrize("language", ["en", "uk"])
def test_every_string_is_translated_in_all_its_forms(language: str) -> None:
    held = catalogue(language)
    for message in strings(language):
        assert not message.fuzzy, message.id
        wanted = held.num_plurals if isinstance(message.id, tuple) else 1
        assert len(forms(message.string)) == wanted, message.id
        assert all(one.strip() for one in forms(message.string)), message.id


def test_placeholders_of_a_translation_are_those_of_the_string() -> None:
    for message in strings("uk"):
        wanted = set(PLACEHOLDER.findall(forms(message.id)[-1]))
        for one in forms(message.string):
            assert set(PLACEHOLDER.findall(one)) == wanted, message.id


def test_plural_rule_is_that_of_the_language() -> None:
    ngettext = language_of("uk").ngettext
    words = [
        ngettext("%(num)s report", "%(num)s reports", number) % {"num": number}
        for number in (1, 2, 5, 11, 21)
    ]
    assert words == ["1 публікація", "2 публікації", "5 публікацій", "11 публікацій", "21 публікація"]


def test_days_and_numbers_are_written_as_the_language_does() -> None:
    words, english = Phrases(language_of("uk")), Phrases(language_of("en"))
    first, last = date(2022, 2, 28), date(2022, 3, 2)
    assert english.days(first, last) == "28 Feb – 2 Mar 2022"
    assert words.days(first, last) == "28 лют. – 2 бер. 2022"
    assert words.days(last, date(2022, 3, 4)) == "2–4 бер. 2022"
    assert words.days(date(2021, 12, 31), last) == "31 груд. 2021 – 2 бер. 2022"
    assert words.days(last, last) == "2 бер. 2022"
    assert words.days(None, None) == ""
    assert words.count(6000, None) == "щонайменше 6\u00a0000"
    assert (words.count(0, 50), words.count(6, 8)) == ("до 50", "6–8")
    assert words.language.decimal(0.6674, 3) == "0,667"
    assert (words.language.signed(2.53), words.language.signed(-1)) == ("+2,5", "−1,0")
    assert words.country("UA") == "Україна"
    assert words.side("RU") == "Росія"


def test_errors_are_told_in_the_language_and_logged_in_english() -> None:
    error = DeskError(
        "the file %(name)r is larger than %(most)s, the limit for one file; split it",
        name="a%sb", most=Size(2_000_000),
    )  # fmt: skip
    assert str(error) == "the file 'a%sb' is larger than 2 MB, the limit for one file; split it"
    assert told(error, language_of("uk")).startswith("файл «a%sb» більший за 2 МБ")
    role = DeskError(
        "that needs the role of a %(role)s; yours is %(own)s", role=Term("lead"), own=Term("reader")
    )
    assert "«керівник»" in told(role, language_of("uk"))
    assert told(ValueError("odd"), language_of("uk")) == "odd"


class Words(HTMLParser):
    """The text of a page that is neither of the record nor of a translated string."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.text: list[str] = []
        self.shown: list[str] = []
        self.language: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "html":
            self.language = held.get("lang")
        within = bool(self.open and self.open[-1][1])
        classes = (held.get("class") or "").split()
        data = tag in DATA or held.get("lang") == "en" or held.get("translate") == "no"
        data = data or "text" in classes or "side" in classes
        if not within and not data:
            self.shown += [held[name] or "" for name in SHOWN if held.get(name)]
        if tag not in ("input", "meta", "link", "br", "img", "rect", "path", "hr"):
            self.open.append((tag, within or data))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.text.append(" " if self.open and self.open[-1][1] else data)


def english(page: str) -> set[str]:
    """Return the words in Latin letters that a page shows outside marked strings and the data of the record."""
    read = Words()
    read.feed(page)
    assert read.language == "uk"
    found: set[str] = set()
    for text in ("".join(read.text), *read.shown):
        while (less := re.sub(r"⟦[^⟦⟧]*⟧", " ", text)) != text:
            text = less
        # Codes of the codebook ("strike.air") are none either.
        found |= set(re.findall(r"[A-Za-z]{2,}", re.sub(r"\b[a-z]+\.[a-z]+\b", " ", text)))
    # Two capitals are the code of a country.
    return {word for word in found if not re.fullmatch(r"[A-Z]{2}", word)} - NAMES


@pytest.fixture
def marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let each Ukrainian string be its English one between marks, so that what is not marked was never translated."""
    held = catalogue("uk")
    for message in held:
        if message.id:
            message.string = tuple(f"⟦{one}⟧" for one in (*forms(message.id), forms(message.id)[-1]))
            if not isinstance(message.id, tuple):
                message.string = f"⟦{message.id}⟧"
    for language, source in (("uk", held), ("en", catalogue("en"))):
        path = tmp_path / language / "LC_MESSAGES" / "desk.po"
        path.parent.mkdir(parents=True)
        written = BytesIO()
        write_po(written, source)
        path.write_bytes(written.getvalue())
    monkeypatch.setattr(languages, "_LOCALE", tmp_path)
    language_of.cache_clear()
    yield
    language_of.cache_clear()


def waited(client: Client, path: str, done: Any) -> Any:
    deadline = time.monotonic() + 120
    while not done(page := client.get(path).json):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    return page


def addresses(client: Client) -> dict[str, list[str]]:
    """Return addresses of every page that is HTML, by its path in the list of pages."""
    rows = client.get("/overview.json").json["rows"]
    told = client.get("/overview.json?contradicted=yes").json["rows"]
    events = [row["id"] for row in [*rows[:4], *told[:2]]]
    page = client.get(f"/events/{events[0]}.json").json
    claim, report = next((name, one["report"]) for name, one in page["claims"].items())
    source = client.get("/sources.json").json["sources"][0]["id"]
    assert client.post("/releases", {"title": "Перший"}).status == 303
    made = waited(client, "/releases.json", lambda page: not page["making"])["releases"][0]["folder"]
    job = client.post(
        "/add/text", {"text": "Shells killed 3 people in Goma on Monday.", "published": "2022-03-02"}
    )
    job_path = job.headers["location"]
    waited(client, f"{job_path}.json", lambda page: page["job"]["state"] == "done")
    client.post(f"/review/{claim}", {"decision": "accept", "why": "перевірено"})
    return {
        "/": ["/", "/?type=strike&told=all&country=UA&certainty=hedged", "/?q=nothing+at+all"],
        "/events/{event}": [f"/events/{event}" for event in events],
        "/reports/{report}": [f"/reports/{report}"],
        "/reports/{report}/original": [f"/reports/{report}/original"],
        "/claims/{claim}": [], "/sources": ["/sources"], "/sources/{origin:path}": [f"/sources/{source}"],
        "/codebook": ["/codebook"], "/codebook/{type}": ["/codebook/strike.air"],
        "/history": ["/history"], "/export": ["/export?type=strike"], "/releases": ["/releases"],
        "/releases/{release}": [f"/releases/{made}?check=yes"], "/sign-in": [], "/self": ["/self"],
        "/people": ["/people"], "/add": ["/add"], "/add/{job}": [job_path],
        "/review/conflicts": ["/review/conflicts"], "/review/agreement": ["/review/agreement"],
        "/review": ["/review", "/review?by=contradicted"], "/review/{claim}": [f"/review/{claim}?look_up=Goma"],
        "/claims/{claim}/decisions": [f"/claims/{claim}/decisions"],
    }  # fmt: skip


# Files, and the page of the API, which is English.
OTHER = {"/reports/{report}/original/file", "/releases/{release}/{file:path}"}


@pytest.mark.usefixtures("marked")
def test_no_page_shows_a_word_that_is_in_no_catalogue(stories_record: Path, tmp_path: Path) -> None:
    with served(copied(stories_record, tmp_path / "record")) as desk:
        client = desk.client()
        known = addresses(client)
        html = {
            page.path
            for page in PAGES
            if page.method == "GET" and page.html and not page.path.endswith(".csv")
        }
        assert html - OTHER == known.keys()
        faults = {}
        for path in (one for held in known.values() for one in held):
            answer = client.get(path, **UK)
            assert answer.status == 200, path
            if found := english(answer.text):
                faults[path] = found
        for path, status in (("/events/none", 404), ("/?from=yesterday", 400), ("/nowhere", 404)):
            answer = client.get(path, **UK)
            assert answer.status == status
            if found := english(answer.text):
                faults[path] = found
        assert not faults, "\n".join(f"{path}: {' '.join(sorted(found))}" for path, found in faults.items())


@pytest.fixture(scope="module")
def desk(stories_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(copied(stories_record, tmp_path_factory.mktemp("language") / "record")) as running:
        yield running


def test_json_is_english_and_names_the_words_for_a_reader(desk: Served) -> None:
    answer = desk.client().get("/overview.json?from=yesterday", **UK).json
    assert answer["message"] == "from='yesterday' is no day; write it as 2022-03-01"
    assert answer["words"] == "from=«yesterday» — не день; пишіть як 2022-03-01"


def test_switch_of_language_keeps_the_page(desk: Served, browser: Any) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(f"{desk.address}/?type=strike")
    page.select_option("#filters select[name=sort]", "newest")
    page.wait_for_url("**sort=newest**")
    page.get_by_role("button", name="Українська").click()
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.lang") == "uk"
    assert page.url.endswith("/?type=strike&sort=newest") or "sort=newest" in page.url
    assert "type=strike" in page.url
    context.close()


def test_switch_after_a_form_that_was_refused_leads_to_the_page_of_the_form(desk: Served) -> None:
    client = desk.client()
    refused = client.post("/add/text", {"text": ""}, referer=f"{desk.address}/add?x=1")
    assert refused.status == 400
    assert 'name="back" value="/add?x=1"' in refused.text


@pytest.mark.parametrize("width", [360, 1280])
def test_ukrainian_pages_fit_and_are_usable(desk: Served, browser: Any, width: int) -> None:
    client = desk.client()
    row = client.get("/overview.json").json["rows"][0]
    event = client.get(f"/events/{row['id']}.json").json
    claim, report = next((name, one["report"]) for name, one in event["claims"].items())
    context = browser.new_context(locale="uk-UA", viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in (
        "/",
        f"/events/{row['id']}",
        f"/reports/{report}",
        f"/review/{claim}",
        "/review",
        "/sources",
        "/add",
    ):
        page.goto(f"{desk.address}{path}")
        assert page.evaluate("document.documentElement.lang") == "uk"
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        if path not in ("/sources", "/add"):
            assert axe_faults(page) == [], path
    context.close()


def test_keys_of_review_work_on_a_ukrainian_keyboard(desk: Served, browser: Any) -> None:
    claim = next(iter(desk.client().get("/review.json").json["lines"]))["claim"]
    context = browser.new_context(locale="uk-UA")
    page = context.new_page()
    page.goto(f"{desk.address}/review/{claim}")
    page.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'т', code: 'KeyN', bubbles: true}))"
    )
    assert page.evaluate("document.activeElement.id") == "why"
    context.close()
