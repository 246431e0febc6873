"""What any store of a record must do, as tests that are run for each store there is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dateline.errors import StoreError
from dateline.model.reading import Problem, Reading
from dateline.model.review import Review
from dateline.model.text import span_at
from dateline.model.values import Filler, Place, Time
from dateline.store.base import Filters, View, Writer
from dateline.store.chain import START, step_hash, written
from dateline.store.codec import recipe_digest
from dateline.store.words import FOUND
from store_made import ALEPPO, CAFE, FIRST, HALF, IDLIB, NEW, OLD, Clock, Record, custody, reading, review


class StoreContract:
    """Tests of one store; a subclass gives `made`, which makes an empty record with a clock."""

    @pytest.fixture
    def clock(self) -> Clock:
        return Clock()

    @pytest.fixture
    def record(self, clock: Clock, tmp_path: Path) -> Record:
        return self.made(tmp_path / "record", clock)

    def made(self, path: Path, clock: Callable[[], datetime]) -> Record:
        raise NotImplementedError

    @staticmethod
    def add(record: Record, *readings: Reading) -> None:
        with record.writer() as writer:
            for each in readings:
                writer.add_reading(each)

    def test_interfaces(self, record: Record) -> None:
        writer: Writer = record.writer()
        view: View = record.view()
        writer.close()
        assert list(view.report_ids()) == []

    def test_what_went_in_comes_out(self, record: Record) -> None:
        self.add(record, ALEPPO, IDLIB)
        view = record.view()
        assert list(view.report_ids()) == [ALEPPO.report.id, IDLIB.report.id]
        assert view.report(IDLIB.report.id) == IDLIB.report
        assert list(view.reports()) == [ALEPPO.report, IDLIB.report]
        assert list(view.reports([IDLIB.report.id, "unknown"])) == [IDLIB.report]
        assert view.reading(ALEPPO.report.id) == ALEPPO
        assert list(view.readings()) == [ALEPPO, IDLIB]
        assert list(view.readings([IDLIB.report.id])) == [IDLIB]
        assert list(view.readings([])) == []

    @pytest.mark.parametrize(
        "text",
        [
            "a\x00b",
            "x" + HALF + "y",
            "\udcff",
            "e\u0301 \U0001f4a5 \u202e",
            "line\n" + "long " * 200_000 + "\ttab\r\n",
        ],
        ids=["nul", "half", "escape", "marks", "megabyte"],
    )
    def test_any_text_survives(self, record: Record, text: str) -> None:
        odd = reading(text, text[:3])
        odd = replace(
            odd,
            report=replace(odd.report, title=text[:90], publisher=text[:9], url=text[:9], name=text[:9]),
            problems=(Problem(code="x", message=text[:20]),),
        )
        odd = replace(odd, claims=(replace(odd.claims[0], id="0" * 16),))
        with record.writer() as writer:
            original = writer.keep_original(
                text.encode("utf-8", "surrogatepass"), name=text[:9], media_type="t"
            )
            way = custody(odd, original, text[:9], name=text[:9], fetched_url=text[:9])
            writer.add_reading(odd, way)
            noted = writer.add_review(review("0" * 16, who=text[:5], why=text[:5]))
        view = record.view()
        assert view.reading(odd.report.id) == odd
        assert view.report(odd.report.id) == odd.report
        assert list(view.claims()) == [(odd.claims[0], odd.report.id)]
        assert view.custody(odd.report.id) == (way,)
        assert [each.id for each in view.reviews()] == [noted]
        assert view.reviews()[0].why == text[:5]
        assert [fault for fault in view.verify() if fault.grave] == []

    def test_the_same_reading_adds_nothing(self, record: Record) -> None:
        with record.writer() as writer:
            assert writer.add_reading(ALEPPO) is True
            assert writer.add_reading(ALEPPO) is False
        before = list(record.view().history())
        with record.writer() as writer:
            assert writer.add_reading(ALEPPO) is False
        assert list(record.view().history()) == before

    def test_a_newer_reading_stands_beside_the_older(self, record: Record) -> None:
        newer = replace(ALEPPO, recipe=NEW, claims=())
        self.add(record, ALEPPO, newer)
        view = record.view()
        assert view.reading(ALEPPO.report.id) == newer
        assert view.all_readings(ALEPPO.report.id) == (ALEPPO, newer)
        assert list(view.claims()) == []
        assert list(view.report_ids()) == [ALEPPO.report.id]
        assert view.report_of(ALEPPO.claims[0].id) == ALEPPO.report.id
        assert view.has_reading(ALEPPO.report.id, recipe_digest(OLD))
        assert view.has_reading(ALEPPO.report.id, recipe_digest(NEW))
        assert not view.has_reading(ALEPPO.report.id, "other")
        assert not view.has_reading("other", recipe_digest(NEW))

    def test_unknown_reports_are_named(self, record: Record) -> None:
        view = record.view()
        for ask in (view.report, view.reading, view.all_readings, view.custody, view.recorded):
            with pytest.raises(StoreError, match="no report feed"):
                ask("feed")
        assert view.report_of("feed") is None
        assert view.entries(["feed"]) == {}

    def test_custody(self, record: Record) -> None:
        with record.writer() as writer:
            original = writer.keep_original(b"PK news", name="news.zip", media_type="application/zip")
            assert (
                writer.keep_original(b"PK news", name="again.zip", media_type="application/zip") == original
            )
            again = writer.keep_original(b"other", name="page.html", media_type="text/html")
            ways = (
                custody(ALEPPO, original, "a.txt"),
                custody(ALEPPO, original, "b.txt"),
                custody(ALEPPO, again, fetched_url="https://example.org/a"),
            )
            assert writer.add_reading(ALEPPO, ways[0])
            assert not writer.add_reading(ALEPPO, ways[1])
            assert writer.add_arrival(ways[2])
            assert not writer.add_arrival(replace(ways[2], name="page 2", recorded=FIRST + timedelta(1)))
        view = record.view()
        assert view.custody(ALEPPO.report.id) == ways
        assert view.stats()["originals"] == 2
        assert view.stats()["original_bytes"] == len(b"PK news") + len(b"other")

    def test_custody_must_be_right(self, record: Record) -> None:
        with record.writer() as writer:
            with pytest.raises(StoreError, match="no original"):
                writer.add_reading(ALEPPO, custody(ALEPPO, "f" * 64))
            with pytest.raises(StoreError, match="was given with report"):
                writer.add_reading(ALEPPO, custody(IDLIB, "f" * 64))
            with pytest.raises(StoreError, match="no report"):
                writer.add_arrival(custody(ALEPPO, "f" * 64))
            with pytest.raises(StoreError, match="was changed"):
                writer.keep_original(b"a", name="a", media_type="text/plain", digest="0" * 64)
        assert list(record.view().report_ids()) == []

    def test_reviews(self, record: Record) -> None:
        self.add(record, ALEPPO)
        first = review(ALEPPO.claims[0].id, why="seen on film", field="place", value={"name": "Aleppo"})
        with record.writer() as writer:
            assert writer.add_review(first) == first.id
            assert writer.add_review(first) == first.id
            undo = Review(at=FIRST, who="ben", kind="undo", undoes=first.id)
            writer.add_review(undo)
            with pytest.raises(StoreError, match="no claim unknown"):
                writer.add_review(review("unknown"))
            with pytest.raises(StoreError, match="no claim other"):
                writer.add_review(replace(first, kind="split", others=("other",)))
            with pytest.raises(StoreError, match="no review gone"):
                writer.add_review(replace(undo, undoes="gone"))
        assert record.view().reviews() == (first, undo)

    def test_orphaned_reviews(self, record: Record) -> None:
        self.add(record, IDLIB)
        kept, lost = (review(each.id) for each in IDLIB.claims)
        undone = review(IDLIB.claims[1].id, "reject", who="ben")
        with record.writer() as writer:
            for each in (kept, lost, undone, Review(at=FIRST, who="ben", kind="undo", undoes=undone.id)):
                writer.add_review(each)
        assert record.view().orphaned() == ()
        self.add(record, replace(IDLIB, recipe=NEW, claims=IDLIB.claims[:1]))
        assert record.view().orphaned() == (lost,)

    def test_as_of(self, record: Record, clock: Clock) -> None:
        newer = replace(ALEPPO, recipe=NEW, claims=())
        decision = review(ALEPPO.claims[0].id)
        clock.now = datetime(2024, 3, 1, 23, 59, 59, 999999, tzinfo=UTC)
        self.add(record, ALEPPO)
        clock.now = datetime(2024, 3, 2, 0, 0, tzinfo=UTC)
        with record.writer() as writer:
            writer.add_review(decision)
            writer.add_reading(IDLIB)
        clock.now += timedelta(days=1)
        self.add(record, newer)
        before, first, second, third = (record.view(as_of=date(2024, 2, 29) + timedelta(n)) for n in range(4))
        assert list(before.report_ids()) == []
        assert before.stats()["reports"] == before.stats()["steps"] == 0
        assert list(first.report_ids()) == [ALEPPO.report.id]
        assert first.reviews() == ()
        assert first.search("jets") == ()
        with pytest.raises(StoreError, match="no report"):
            first.reading(IDLIB.report.id)
        assert list(second.readings()) == [ALEPPO, IDLIB]
        assert second.reading(ALEPPO.report.id) == ALEPPO
        assert second.reviews() == (decision,)
        assert second.orphaned() == ()
        assert not second.has_reading(ALEPPO.report.id, recipe_digest(NEW))
        assert third.orphaned() == (decision,)
        assert list(third.readings()) == [newer, IDLIB]
        assert third.all_readings(ALEPPO.report.id) == (ALEPPO, newer)
        assert first.recorded(ALEPPO.report.id).date() == date(2024, 3, 1)
        assert third.entries([ALEPPO.claims[0].id])[ALEPPO.claims[0].id].recorded == date(2024, 3, 1)
        assert [step.number for step in second.history()] == list(range(1, second.stats()["steps"] + 1))

    def test_entries(self, record: Record) -> None:
        newer = replace(IDLIB, recipe=NEW, claims=(replace(IDLIB.claims[0], certainty="hedged"),))
        self.add(record, IDLIB, ALEPPO, newer)
        ids = [IDLIB.claims[1].id, "unknown", ALEPPO.claims[0].id, IDLIB.claims[0].id]
        entries = record.view().entries(ids)
        assert list(entries) == [ids[0], ids[2], ids[3]]
        assert entries[ids[0]].claim == IDLIB.claims[1]
        assert entries[ids[3]].claim.certainty == "hedged"
        assert entries[ids[2]].report == ALEPPO.report
        assert entries[ids[2]].copy_of == ALEPPO.report.id

    @pytest.mark.parametrize(
        ("filters", "wanted"),
        [
            (Filters(), "abcd"),
            (Filters(types=("strike",)), "abc"),
            (Filters(types=("strike.air", "civilians.abduction")), "bcd"),
            (Filters(types=("strik",)), ""),
            (Filters(country="SY"), "a"),
            (Filters(polarity="negative"), "d"),
            (Filters(certainty="hedged", reality="happened"), "bc"),
            (Filters(side="RU"), "bc"),
            (Filters(earliest=date(2024, 2, 26)), "a"),
            (Filters(latest=date(2024, 2, 25)), ""),
            (Filters(earliest=date(2024, 2, 20), latest=date(2024, 2, 26)), "a"),
            (Filters(box=(36.0, 37.0, 36.5, 37.5)), "a"),
            (Filters(box=(36.0, 170.0, 36.5, -170.0)), ""),
            (Filters(box=(36.0, 37.0, 36.1, 37.5)), ""),
            (Filters(reports=(IDLIB.report.id,), types=("strike",)), "bc"),
            (Filters(reports=()), ""),
        ],
    )
    def test_filters(self, record: Record, filters: Filters, wanted: str) -> None:
        text = ALEPPO.report.text
        place = Place(span=span_at(text, 25, 31), name="Aleppo", lat=36.2, lon=37.15, precision=1)
        days = Time(
            span=span_at(text, 0, 1), earliest=date(2024, 2, 26), latest=date(2024, 2, 28), precision="day",
            basis="relative",
        )  # fmt: skip
        side = Filler(span=span_at(IDLIB.report.text, 0, 4), side="RU")
        aleppo = replace(ALEPPO, claims=(replace(ALEPPO.claims[0], place=place, time=days, country="SY"),))
        idlib = replace(
            IDLIB, claims=tuple(replace(each, certainty="hedged", actors=(side,)) for each in IDLIB.claims)
        )
        cafe = replace(CAFE, claims=(replace(CAFE.claims[0], polarity="negative"),))
        self.add(record, aleppo, idlib, cafe)
        every = [(each, whole.report.id) for whole in (aleppo, idlib, cafe) for each in whole.claims]
        names = dict(zip([each[0].id for each in every], "abcd", strict=True))
        found = list(record.view().claims(filters))
        assert "".join(names[each.id] for each, _ in found) == wanted
        assert all(pair in every for pair in found)

    @pytest.mark.parametrize(
        ("query", "wanted"),
        [
            ("market", "a"),
            ("MARKET aleppo", "a"),
            ("shelled", "a"),
            ("cafe krakow", "c"),
            ("café", "c"),
            ('"in Aleppo"', "a"),
            ('"Aleppo in"', ""),
            ("in -aleppo", "c"),
            ('in -"in aleppo" -"in krakow"', ""),
            ("-market", "bc"),
            ("jet*", "b"),
            ("jet", ""),
            ("", ""),
            ("-", ""),
            ("— * ()", ""),
            ('"', ""),
            ('"unclosed market', ""),
            ('"the market', "a"),
            ("title:aleppo", ""),
            ("aleppo) OR (jets", ""),
            ("NEAR(aleppo jets)", ""),
            ("market; DROP TABLE reports", ""),
            ("' OR 1=1 --", ""),
            ("mar\x00ket", ""),
            (f"{HALF} market{HALF}", "a"),
        ],
    )
    def test_search(self, record: Record, query: str, wanted: str) -> None:
        self.add(record, ALEPPO, IDLIB, CAFE)
        names = {ALEPPO.report.id: "a", IDLIB.report.id: "b", CAFE.report.id: "c"}
        assert "".join(sorted(names[report] for report, _ in record.view().search(query))) == wanted

    def test_snippets(self, record: Record) -> None:
        self.add(record, ALEPPO, IDLIB)
        ((report, snippet),) = record.view().search("market")
        assert report == ALEPPO.report.id
        assert f"{FOUND[0]}market{FOUND[1]}" in snippet
        self.add(record, reading("Rockets hit the market of Homs.", "hit"))
        assert len(record.view().search("hit")) == 2
        assert len(record.view().search("hit", limit=1)) == 1

    def test_what_is_not_committed_is_not_kept(self, record: Record) -> None:
        writer = record.writer()
        writer.add_reading(ALEPPO)
        writer.commit()
        writer.keep_original(b"lost", name="x", media_type="text/plain")
        writer.add_reading(IDLIB)
        assert list(record.view().report_ids()) == [ALEPPO.report.id]
        writer.rollback()
        writer.add_reading(CAFE)
        writer.close()
        view = record.view()
        assert list(view.report_ids()) == [ALEPPO.report.id, CAFE.report.id]
        assert view.stats()["originals"] == 0
        assert list(view.verify()) == []

    def test_an_error_keeps_nothing(self, record: Record) -> None:
        writer = record.writer()
        with pytest.raises(AttributeError), writer:
            writer.add_reading(writer.add_reading(ALEPPO))
        assert list(record.view().report_ids()) == []

    def test_history_is_a_chain(self, record: Record, clock: Clock) -> None:
        with record.writer() as writer:
            original = writer.keep_original(b"x", name="x", media_type="text/plain")
            writer.add_reading(ALEPPO, custody(ALEPPO, original))
            clock.now -= timedelta(days=7)
            writer.add_review(review(ALEPPO.claims[0].id))
        steps = list(record.view().history())
        kinds = ["record", "original", "report", "arrival", "recipe", "reading", "review"]
        assert [step.kind for step in steps] == kinds
        assert steps[1].subject == original
        previous = START
        for number, step in enumerate(steps, 1):
            assert (step.number, step.previous) == (number, previous)
            assert step.at == FIRST
            values = (number, written(step.at), step.kind, step.subject, step.digest, previous)
            assert step.hash == step_hash(*values)
            previous = step.hash
        assert list(record.view().history(after=5)) == steps[5:]
        assert record.view().stats()["head"] == previous

    def test_stats(self, record: Record) -> None:
        undated = replace(CAFE, report=replace(CAFE.report, published=None, publisher="Post"))
        self.add(record, ALEPPO, IDLIB, undated, replace(IDLIB, recipe=NEW))
        told = record.view().stats()
        assert (told["reports"], told["readings"], told["recipes"], told["reviews"]) == (3, 4, 2, 0)
        assert told["claims"] == 4
        assert told["claims_by_type"] == {"strike.air": 2, "strike.shelling": 1, "civilians.abduction": 1}
        assert told["publishers"] == {"Post": 1}
        assert (told["without_date"], told["first_published"]) == (1, "2024-02-27")

    def test_a_sound_record_has_no_faults(self, record: Record) -> None:
        with record.writer() as writer:
            original = writer.keep_original(b"x", name="x", media_type="text/plain")
            for each in (ALEPPO, IDLIB, CAFE, replace(IDLIB, recipe=NEW)):
                writer.add_reading(each, custody(each, original))
        assert list(record.view().verify()) == []
