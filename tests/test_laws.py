"""Laws of reading, on texts mutated at random: quotes are spans, the same in gives the same out."""

from datetime import date
from functools import cache

from benchmarks.laws import broken_quotes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.model.reading import Reading
from dateline.model.text import Report
from dateline.reading.kit import load_kit
from dateline.reading.read import read_report

SENTENCES = (
    "Rebels shelled the port of Misrata on Sunday, killing three dockers.",
    "The army denied that its jets had bombed Sirte.",
    "“They burned our house — all of it,” Mary Achol told the BBC.",
    "Two soldiers and at least 14 villagers were killed near Kutum, according to doctors.",
    "KHARTOUM, May 9 (Desert News) — Jets struck El Fasher overnight",
    "Guerrillas may attack the pipeline in Arauca next week, police warned.",
    "Footage reportedly shows a burnt column of tanks 20 km from Agdam.",
    "What next? The UN said 1,200 people fled.",
    "He said: “Nobody – nobody! – knows.”",
    "ARMY TAKES GOMA: UN",
    "Read more: five things to know",
)
INSERTS = (
    "", " ", "\n", "\n\n", "\t", "\r\n", "…", "“", "”", "\"", "'", "’s", "—", "-", ".", ",", "(", ")", ":", "é", "ı",
    "İ", "ß", "日本", "🔥", "\u200b", "\u00a0", "\u202e", "e\u0301", "\x00", "\ufeff", "20", "3,000", "%", "<b>", "&amp;",
    "Mr.", "said", "said", "killed", "not", "of", "in", "on Monday", "Aleppo",
)  # fmt: skip
LAWS = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
FEW = settings(LAWS, max_examples=20)


def reading(text: str, day: date | None = date(2018, 5, 10)) -> Reading:
    """Read a text with the packaged codebook."""
    return read_report(Report(text=text, published=day), load_kit())


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Draw one to four sentences of ours, with cuts, and with marks and words put in anywhere."""
    joint = draw(st.sampled_from((" ", "\n", "\n\n", "")))
    text = joint.join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        until = min(len(text), at + draw(st.integers(0, 12)))
        text = text[:at] + draw(st.sampled_from(INSERTS)) + text[until:]
    return text


ANY_TEXT = st.text(max_size=120)


@LAWS
@given(mutated())
def test_every_quote_is_its_span_in_mutated_reports(text: str) -> None:
    assert broken_quotes(reading(text)) == []


@FEW
@given(ANY_TEXT)
def test_every_quote_is_its_span_in_any_text(text: str) -> None:
    found = reading(text)
    assert found.report.text == text
    assert broken_quotes(found) == []


@FEW
@given(mutated())
def test_reading_twice_gives_the_same(text: str) -> None:
    one, other = reading(text), reading(text)
    assert one == other
    assert repr(one) == repr(other)


@FEW
@given(mutated(), mutated())
def test_a_report_read_before_changes_nothing(first: str, text: str) -> None:
    alone = reading(text)
    reading(first)
    assert reading(text) == alone


@FEW
@given(mutated())
def test_ids_are_distinct_where_claims_are(text: str) -> None:
    claims = reading(text).claims
    assert len({claim.id for claim in claims}) == len(claims)


@FEW
@given(mutated())
def test_every_claim_is_whole(text: str) -> None:
    kit = load_kit()
    for claim in reading(text).claims:
        assert claim.type in kit.types
        assert claim.evidence.start <= claim.trigger.start < claim.trigger.end <= claim.evidence.end
        assert claim.trigger not in claim.tellings
        assert (claim.country is None) == (claim.country_basis is None)
        assert all(figure.high is None or figure.low <= figure.high for figure in claim.figures)
        assert claim.time is None or claim.time.earliest <= claim.time.latest
        assert claim.place is None or claim.place.precision in (None, 1, 2, 3, 4, 5, 6, 7)


@FEW
@given(mutated())
def test_without_a_date_no_time_is_relative_to_it(text: str) -> None:
    found = reading(text, None)
    assert broken_quotes(found) == []
    assert "no-publication-date" in {problem.code for problem in found.problems}


@cache
def many() -> tuple[Reading, ...]:
    """Read every sentence as a report of its own, in order."""
    return tuple(reading(sentence) for sentence in SENTENCES)


def test_the_order_of_reports_does_not_matter() -> None:
    backwards = tuple(reading(sentence) for sentence in reversed(SENTENCES))[::-1]
    assert backwards == many()


def test_the_sentences_are_worth_reading() -> None:
    assert sum(len(found.claims) for found in many()) >= 5
    assert sum(len(found.attributions) for found in many()) >= 4
