"""The score of the first report, each rule by a worked example."""

import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks.quality import seed

from dateline.model.reading import Attribution, Claim, Mention
from dateline.model.text import span_at
from dateline.model.values import Place
from made import SIEGE, claim, depot, filler, reading, span, speaker

ITEM = {
    "id": "x1",
    "what": "rockets on the depot",
    "anchor": "rockets killed 40 soldiers",
    "types": ["strike.shelling"],
    "sources": ["Omar Haddad"],
    "cue": "said",
    "target": "OTH",
    "figure": {"measure": "killed", "low": 40, "high": 40, "of": "combatants", "of_words": "soldiers"},
    "place": {"name": "Homs", "geonames": 169577, "lat": 34.73, "lon": 36.71, "tolerance_km": 5},
    "time": {"earliest": "2013-08-05", "latest": "2013-08-05"},
    "losses": [{"item": "tanks", "status": "destroyed", "count": 2}],
    "instruments": ["rockets"],
    "hedges": ["reportedly"],
    "certainty": "certain",
    "reality": "happened",
    "polarity": "positive",
}


def wrong_fields(*claims: Claim, item: dict[str, Any] = ITEM, **parts: Any) -> set[str] | None:
    """Return the fields of an item that are wrong; null when it is not found."""
    verdict = seed.judge(item, reading(SIEGE, claims, **parts), str)
    return {name for name, good in verdict.fields.items() if not good} if verdict.found else None


def test_an_item_is_compared_field_by_field() -> None:
    assert wrong_fields(depot()) == {"hedges"}
    assert wrong_fields(depot(certainty="hedged", hedges=(filler("reportedly").span,))) == {"certainty"}
    far = Place(span=span(SIEGE, "depot"), name="x", lat=34.73, lon=36.9)
    assert wrong_fields(depot(place=far, time=None)) == {"hedges", "place", "time"}
    by_id = Place(span=span(SIEGE, "depot"), name="x", geonames=169577)
    assert wrong_fields(depot(place=by_id, losses=(), instruments=())) == {"hedges", "losses", "instruments"}
    assert wrong_fields(depot(attribution=(), figures=(), targets=())) == {
        "hedges", "sources", "cue", "figure", "target",
    }  # fmt: skip


def test_an_item_is_found_only_on_its_words_and_by_its_types() -> None:
    assert wrong_fields(claim(SIEGE, "burned")) is None
    assert wrong_fields(claim(SIEGE, "killed", "strike.air")) is None
    around = claim(SIEGE, "burned", evidence=span_at(SIEGE, 0, len(SIEGE)))
    assert wrong_fields(around) is not None


def test_the_claim_that_is_right_in_most_fields_is_compared() -> None:
    bare = claim(SIEGE, "rockets")
    assert wrong_fields(bare, depot()) == {"hedges"}


def test_background_is_met_by_any_claim_or_by_a_mention() -> None:
    item = {"id": "x2", "what": "a fire", "anchor": "tanks burned", "types": ["background"]}
    assert wrong_fields(claim(SIEGE, "burned", "harm.property"), item=item) == set()
    mention = Mention(kind="instrument", span=span(SIEGE, "tanks"), value={})
    assert wrong_fields(item=item, mentions=(mention,)) == set()
    assert wrong_fields(item=item) is None


def test_background_takes_its_time_and_source_from_the_mentions() -> None:
    item = {
        "id": "x3", "what": "a day", "anchor": "rockets killed 40 soldiers at the depot on Monday",
        "types": ["background"], "sources": ["Omar Haddad"], "cue": "said",
        "time": {"earliest": "2013-08-05", "latest": "2013-08-05"},
    }  # fmt: skip
    day = {"earliest": "2013-08-05", "latest": "2013-08-05"}
    mention = Mention(kind="time", span=span(SIEGE, "Monday"), value=day)
    said = Attribution(
        source=filler("Governor Omar Haddad"), kind="named_person", cue=filler("said").span,
        content=(span(SIEGE, "rockets killed"),), direct_quote=False,
    )  # fmt: skip
    assert wrong_fields(item=item, mentions=(mention,), attributions=(said,)) == set()
    assert wrong_fields(item=item, mentions=(mention,)) == {"sources", "cue"}


def test_threat_and_intention_are_met_by_type_or_reality() -> None:
    threat = {
        "id": "x4",
        "what": "",
        "anchor": "threatened to shell",
        "types": ["threat"],
        "reality": "threatened",
    }
    assert wrong_fields(claim(SIEGE, "shell", reality="threatened"), item=threat) == set()
    assert wrong_fields(claim(SIEGE, "threatened", "state.threat"), item=threat) == {"reality"}
    assert wrong_fields(claim(SIEGE, "shell"), item=threat) is None
    aim = {**threat, "types": ["intention"], "reality": "intended"}
    assert wrong_fields(claim(SIEGE, "shell", reality="intended"), item=aim) == set()


def test_a_nested_source_needs_all_its_speakers() -> None:
    item = {**ITEM, "sources": ["reports", "Omar Haddad"], "chain": "nested"}
    nested = (speaker("Omar Haddad", "said"), speaker("reports", "heard", "document"))
    assert wrong_fields(depot(attribution=nested), item=item) == {"hedges", "cue"}
    assert wrong_fields(depot(), item=item) == {"hedges", "sources"}


def test_rules_on_what_must_not_be_recorded() -> None:
    early = {"rule": "no event that happened dated before 2013-08-06"}
    anchored = {"rule": "no event that happened anchored in", "anchors": ["shell the port"]}
    named = {"rule": "no person or armed group named", "anchors": ["Rebels"]}
    assert seed.broken(early, reading(SIEGE, [depot()])) == ["killed"]
    assert seed.broken(early, reading(SIEGE, [depot(time=None)])) == []
    assert seed.broken(anchored, reading(SIEGE, [claim(SIEGE, "shell")])) == ["shell"]
    assert seed.broken(anchored, reading(SIEGE, [claim(SIEGE, "shell", reality="threatened")])) == []
    mention = Mention(kind="actor", span=span(SIEGE, "Rebels"), value={"kind": "force"})
    assert seed.broken(named, reading(SIEGE, [], mentions=(mention,))) == ["Rebels"]
    assert seed.broken(named, reading(SIEGE, [])) == []
    with pytest.raises(ValueError, match="unknown kind"):
        seed.broken({"rule": "no more of this"}, reading(SIEGE, []))


def test_spellings_are_one_name_when_they_share_it() -> None:
    entity = {"name": "Omar Haddad", "surface": ["Governor Omar", "Haddad"]}

    def one(first: str, second: str) -> bool:
        mentions = (
            Mention(kind="actor", span=span(SIEGE, "Governor"), value={"name": first}),
            Mention(kind="source", span=span(SIEGE, "Haddad"), value={"name": second}),
        )
        return seed.is_one(entity, reading(SIEGE, [], mentions=mentions))

    assert one("Omar Hadad", "Omar Hadad")
    assert not one("Omar Haddad", "Haddad")
    assert not one("Haddad", "Haddad")


def test_the_first_report_is_scored_in_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seed, "allegiance_of_codebook", lambda: str)
    expected = {
        "report": {"published": "2013-08-06", "publisher": "x"},
        "items": [ITEM],
        "forbidden": [{"rule": "no event that happened anchored in", "anchors": ["shell the port"]}],
        "entities": [{"name": "Omar Haddad", "surface": ["Omar Haddad"]}],
    }
    (tmp_path / "expected.json").write_text(json.dumps(expected))
    (tmp_path / "report.txt").write_text(SIEGE)
    out = tmp_path / "run.json"
    seed.main(["--data", str(tmp_path), "--json", str(out)], lambda scored: reading(scored.text, [depot()]))
    printed = capsys.readouterr().out
    assert "x1  rockets on the depot: wrong: hedges" in printed
    scores = json.loads(out.read_text())["scores"]
    assert [scores[name]["hit"] for name in ("found", "fields", "rules kept", "names")] == [1, 11, 1, 0]
