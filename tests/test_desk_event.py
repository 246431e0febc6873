"""The page of an event: fields, figures, origins and joints; ids once had; hostile words; in a real browser."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.desk.call import Person
from dateline.desk.desk import Desk
from dateline.desk.event_page import EventPage, event_chart, event_page
from dateline.desk.event_values import FieldName
from dateline.desk.quoted import Words
from dateline.linking.spanning import strongest_tree
from dateline.model.event import Event
from desk_served import Served, copied, served
from desk_watch import made_record, watched
from occurred import decide


@pytest.fixture(scope="module")
def desk(stories_record: Path) -> Iterator[Served]:
    with served(stories_record) as running:
        yield running


def all_events(desk: Desk) -> list[Event]:
    with desk.events() as events:
        return list(events.events(events.ids(told=False)))


def largest(desk: Desk) -> Event:
    return max(all_events(desk), key=lambda event: (len(event.contradictions) > 0, len(event.entries)))


def spoken(runs: Sequence[Words]) -> str:
    return "".join(run.text for run in runs if run.kind != "gap")


def test_every_claim_says_something_or_is_counted_as_silent(desk: Served) -> None:
    for event in all_events(desk.desk):
        page = event_page(desk.desk, event.id, whole=frozenset(get_args(FieldName)))
        assert set(page.claims) == {entry.claim.id for entry in event.entries}
        for said in page.fields:
            telling = {claim for one in said.values for claim in one.claims}
            denying = {saying.claim for one in said.values for saying in one.denials}
            assert len(telling | denying) + said.silent == len(event.entries)
            assert [one.origins for one in said.values] == sorted(
                (one.origins for one in said.values), reverse=True
            )
            for one in said.values:
                assert {saying.claim for saying in one.sayings} == set(one.claims)


def test_every_quote_stands_in_its_report_with_the_value_marked(desk: Served) -> None:
    checked = 0
    for event in all_events(desk.desk):
        texts = {entry.report.id: " ".join(entry.report.text.split()) for entry in event.entries}
        raw = {entry.report.id: entry.report.text for entry in event.entries}
        page = event_page(desk.desk, event.id)
        for said in page.fields:
            for one in said.values:
                for saying in one.sayings:
                    report = page.claims[saying.claim].report
                    first = saying.quote[
                        : next(
                            (n for n, run in enumerate(saying.quote) if run.kind == "gap" and n),
                            len(saying.quote),
                        )
                    ]
                    assert " ".join(spoken(first).split()) in texts[report]
                    if said.field in ("actor", "target", "place", "killed"):
                        words = " ".join(raw[report][saying.start : saying.end].split())
                        marked = [run.text for run in saying.quote if run.kind == "value"]
                        assert words in " ".join(" ".join(marked).split())
                        checked += 1
    assert checked > 50


def test_values_that_cannot_both_be_true_stand_against_each_other(desk: Served) -> None:
    found = 0
    for event in all_events(desk.desk):
        for said in event_page(desk.desk, event.id).fields:
            by_key = {one.key: one for one in said.values}
            for one in said.values:
                for row in one.against:
                    if row.value is None:
                        assert row.kind == "denied"
                        assert set(row.claims) >= {saying.claim for saying in one.denials}
                        continue
                    other = by_key[row.value]
                    assert row.claims
                    assert other.claims
                    if one.claims:
                        assert any(back.value == one.key for back in other.against)
                    found += 1
    assert found >= 2


def test_contradicted_figures_are_against_each_other(desk: Served) -> None:
    for event in all_events(desk.desk):
        page = event_page(desk.desk, event.id)
        fields = {said.field: said for said in page.fields}
        for one in event.contradictions:
            if one.kind == "figures" and one.field.endswith("people"):
                measure = one.field.split(".")[1]
                values = fields[measure].values  # type: ignore[index]
                assert any(row.kind == "excluded" for value in values for row in value.against)


def test_figures_stand_in_the_table_once_and_with_their_reason(desk: Served) -> None:
    seen = 0
    for event in all_events(desk.desk):
        copied_claims = {claim for origin in event.origins for claim in origin.copies}
        for said in event_page(desk.desk, event.id).measures:
            assert all(row.count.left_out is None for row in said.counting)
            assert all(row.count.left_out for row in said.left_out)
            own = [
                one for one in event.counts if one.measure == said.measure and one.claim not in copied_claims
            ]
            assert len(said.counting) + len(said.left_out) + said.unnumbered >= len(own)
            for row in (*said.counting, *said.left_out):
                assert "".join(run.text for run in row.words if run.kind == "value") == " ".join(
                    row.count.quote.split()
                )
                seen += 1
    assert seen > 10


def test_the_chart_ends_where_the_event_stands(desk: Served) -> None:
    drawn = 0
    for event in all_events(desk.desk):
        for best in (
            one for one in event.ranges if (one.measure, one.of, one.rule) == ("killed", "people", "ucdp")
        ):
            chart = event_chart(desk.desk, event.id, "killed")
            if chart.range:
                last = chart.range[-1]
                if last.day == max(one.told for one in event.counts):
                    assert (last.low, last.best, last.high) == (best.low, best.best, best.high)
                    drawn += 1
            points = sum(len(one.points) for one in chart.series)
            assert points <= sum(one.measure == "killed" for one in event.counts)
    assert drawn >= 2


Pairs = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(-9, 9)).filter(lambda pair: pair[0] < pair[1]),
    unique_by=lambda pair: pair[:2], max_size=15,
)  # fmt: skip


@given(Pairs)
def test_the_tree_joins_what_pairs_join_by_the_strongest_way(pairs: list[tuple[int, int, float]]) -> None:
    tree = strongest_tree(pairs)
    assert set(tree) <= set(pairs)
    assert [pair[2] for pair in tree] == sorted((pair[2] for pair in tree), reverse=True)
    for weight in {pair[2] for pair in pairs}:
        # At any bound, the tree joins just what all pairs do.
        assert parts([p for p in tree if p[2] >= weight]) == parts([p for p in pairs if p[2] >= weight])
    assert len(tree) == 7 - len(parts(pairs))


def parts(pairs: list[tuple[int, int, float]]) -> set[frozenset[int]]:
    groups = {n: frozenset((n,)) for n in range(7)}
    for low, high, _ in pairs:
        joined = groups[low] | groups[high]
        groups.update(dict.fromkeys(joined, joined))
    return set(groups.values())


def test_joints_are_the_strongest_of_the_links(desk: Served) -> None:
    event = largest(desk.desk)
    with desk.desk.events() as events:
        links = {(one.left, one.right): one for one in events.links(event.id)}
        compared, joints = events.joints(event.id)
    assert compared == len(links)
    assert joints[0].weight == max(one.weight for one in links.values())
    assert all(links[one.left, one.right] == one for one in joints)


def test_an_id_once_had_and_a_beginning_lead_to_the_event_that_stands(
    stories_record: Path, tmp_path: Path
) -> None:
    folder = copied(stories_record, tmp_path / "record")
    with served(folder) as running:
        one, other = sorted(all_events(running.desk), key=lambda event: -len(event.entries))[:2]
        decide(running.desk.record, "merge", [e.claim.id for e in (*one.entries, *other.entries)])
        client = running.client()
        answers = {name: client.get(f"/events/{name}") for name in (one.id, other.id)}
        assert sorted(answer.status for answer in answers.values()) == [200, 307]
        old, new = sorted(answers, key=lambda name: answers[name].status, reverse=True)
        assert answers[old].headers["location"] == f"/events/{new}"
        assert (
            client.get(f"/events/{old}.json?all=place").headers["location"] == f"/events/{new}.json?all=place"
        )
        assert client.get(f"/events/{new[:8]}").headers["location"] == f"/events/{new}"
        assert client.get(f"/events/{new}.json").json["decisions"][0]["kind"] == "merge"


@pytest.mark.parametrize("name", ["0", "no-such-event", "%00", "..%2f..", "' OR 1=1--", "x" * 3000])
def test_an_unknown_event_is_not_found_and_says_what_to_do(desk: Served, name: str) -> None:
    path = f"/events/{name.replace(' ', '%20')}"
    answer = desk.client().get(path)
    assert answer.status == 404
    assert "event" in answer.text
    assert desk.client().get(f"{path}.json").status == 404


@pytest.mark.parametrize("path", ["?all=nothing", "/figures.json?measure=nothing"])
def test_a_wrong_question_is_answered_with_what_can_be_asked(desk: Served, path: str) -> None:
    answer = desk.client().get(f"/events/{largest(desk.desk).id}{path}")
    assert answer.status == 400
    assert "killed" in answer.text


def test_json_holds_what_the_page_holds(desk: Served) -> None:
    page: EventPage = event_page(desk.desk, largest(desk.desk).id)
    value = desk.client().get(f"/events/{page.id}.json").json
    assert value["title"] == page.title
    assert [one["field"] for one in value["fields"]] == [one.field for one in page.fields]
    assert set(value["claims"]) == set(page.claims)
    assert len(value["joins"]["joints"]) == len(page.joins.joints)
    places = desk.client().get(f"/events/{page.id}/places.json").json
    assert all(one["properties"]["kind"] in ("event", "area") for one in places["features"])
    assert all(
        one["properties"]["precision"] == 1
        for one in places["features"]
        if one["properties"]["kind"] == "event"
    )


def test_a_coder_finds_the_forms_and_a_reader_does_not(desk: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    event = largest(desk.desk)
    html = desk.client().get(f"/events/{event.id}").text
    for action in ("merge", "split", "pin"):
        assert f'action="/events/{event.id}/{action}"' in html
    assert html.count('name="claim"') == len(event.entries)
    assert 'name="seen"' in html
    monkeypatch.setattr(Desk, "local", property(lambda _: Person(name="Reader", role="reader")))
    html = desk.client().get(f"/events/{event.id}").text
    assert f"/events/{event.id}/" not in html.replace("/figures.json", "").replace(
        "/places.json", ""
    ).replace(f"/events/{event.id}/figures", "").replace(f"/events/{event.id}/places", "")
    assert "<textarea" not in html


def test_the_forms_of_the_page_decide_what_they_say(
    stories_record: Path, tmp_path: Path, browser: Any
) -> None:
    folder = copied(stories_record, tmp_path / "record")
    with served(folder) as running:
        one, other = sorted(all_events(running.desk), key=lambda event: -len(event.entries))[:2]
        gone = one.entries[-1].claim.id
        with watched(browser, running.address, f"/events/{one.id}") as seen:
            seen.unfold()
            seen.page.check(f'form[action$="/split"] input[value="{gone}"]')
            seen.page.fill('form[action$="/split"] input[name="why"]', "another day <b>")
            seen.page.click('form[action$="/split"] button')
            seen.page.goto(f"{running.address}/events/{one.id}")
            assert "another day <b>" in seen.page.inner_text("#decided")
            seen.unfold()
            seen.page.click('form[action$="/pin"] button')
            seen.page.goto(f"{running.address}/events/{one.id}")
            assert "claims fixed by a person" in seen.page.inner_text(".event-head")
            seen.check()
        by_claim = {entry.claim.id: event for event in all_events(running.desk) for entry in event.entries}
        kept = by_claim[one.entries[0].claim.id]
        assert (kept.pinned, by_claim[gone].id == kept.id) == (True, False)
        with watched(browser, running.address, f"/events/{other.id}") as seen:
            seen.unfold()
            form = seen.page.locator('form[action$="/merge"]:has(input[name="with"][required])')
            form.locator('input[name="with"]').fill(by_claim[gone].id)
            form.locator("button").click()
            seen.check()
        by_claim = {entry.claim.id: event for event in all_events(running.desk) for entry in event.entries}
        assert by_claim[gone].id == by_claim[other.entries[0].claim.id].id


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_of_an_event_has_no_faults(desk: Served, browser: Any, scheme: str, width: int) -> None:
    with watched(
        browser, desk.address, f"/events/{largest(desk.desk).id}", width=width, scheme=scheme
    ) as one:
        one.unfold()
        one.page.wait_for_timeout(800)
        assert one.faults() == []
        one.check()


def test_hostile_words_are_text_on_every_event(hostile: Served, browser: Any) -> None:
    events = all_events(hostile.desk)
    assert len(events) >= 2
    for event in events:
        with watched(browser, hostile.address, f"/events/{event.id}", width=360) as one:
            one.unfold()
            assert (
                one.page.evaluate(
                    "document.querySelectorAll('main script, main img, main [onerror], main [onload], main iframe').length"
                )
                == 0
            )
            assert (
                one.page.evaluate(
                    "[...document.links].filter((a) => !a.href.startsWith(location.origin)).length"
                )
                == 0
            )
            html = one.page.content()
            assert "\u202e" not in html
            assert "\x00" not in html
            assert ">49<" not in html
            one.check()


def test_an_event_of_one_bare_claim_says_what_is_not_told(tmp_path: Path, browser: Any) -> None:
    record = made_record(tmp_path, [{"text": "Soldiers attacked the rebels."}])
    with served(record.path) as running:
        (event,) = all_events(running.desk)
        assert (event.place, event.earliest, event.counts) == (None, None, ())
        with watched(browser, running.address, f"/events/{event.id}", width=360) as one:
            short = one.page.inner_text(".short")
            assert short.count("not told") == 2
            assert one.page.query_selector("#figures") is None
            assert one.page.query_selector("#joined") is None
            assert one.faults() == []
            one.check()


def test_an_empty_record_has_no_event(tmp_path: Path) -> None:
    with served(made_record(tmp_path, []).path) as running:
        assert running.client().get("/events/0123").status == 404


def test_very_long_names_do_not_widen_the_page(tmp_path: Path, browser: Any) -> None:
    name = "Donaudampfschifffahrtsgesellschaft" * 12
    text = f"Ten people were killed in shelling in Kharkiv on 3 May 2022, {name} said."
    rows = [
        {"text": text, "published": "2022-05-04", "publisher": f"{name}.example", "title": f"{name} {n}"}
        for n in range(2)
    ]
    with served(made_record(tmp_path, rows).path) as running:
        for event in all_events(running.desk):
            with watched(browser, running.address, f"/events/{event.id}", width=360) as one:
                one.unfold()
                one.check()
