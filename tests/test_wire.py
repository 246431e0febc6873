"""The JSON of a reading: the contract's names, documented fields, deterministic bytes."""

import json
from dataclasses import replace
from typing import Any

from dateline.wire import json_line, reading_to_json
from dateline.wire_fields import OBJECTS
from readings import FULL, TEXT, plain

# JSON type in the dictionary -> the object that stands there.
KNOWN = set(OBJECTS)


def check_object(value: Any, kind: str, path: str) -> set[str]:
    """Check that an object has exactly the documented fields in their order; return the objects checked."""
    fields = OBJECTS[kind]
    assert list(value) == [name for name, _, _ in fields], path
    checked = {kind}
    for name, written, _ in fields:
        checked |= check_value(value[name], written, f"{path}.{name}")
    return checked


def check_value(value: Any, written: str, path: str) -> set[str]:
    types = {"string": str, "integer": int, "number": int | float, "date": str, "object": dict}
    if written.endswith(" or null"):
        return set() if value is None else check_value(value, written.removesuffix(" or null"), path)
    if written == "true or false":
        assert isinstance(value, bool), path
        return set()
    if written.startswith("array of "):
        assert isinstance(value, list), path
        inner = (check_value(item, written.removeprefix("array of "), path) for item in value)
        return set().union(*inner)
    if written in types:
        assert isinstance(value, types[written]), path
        return set()
    return check_object(value, written, path)


def test_every_field_is_documented_and_every_documented_field_is_there() -> None:
    assert check_object(reading_to_json(FULL), "reading", "reading") == KNOWN


def test_every_quote_equals_its_span() -> None:
    def walk(value: Any) -> int:
        if isinstance(value, list):
            return sum(map(walk, value))
        if not isinstance(value, dict):
            return 0
        if "quote" in value:
            assert value["quote"] == TEXT[value["start"] : value["end"]]
        return ("quote" in value) + sum(map(walk, value.values()))

    assert walk(json.loads(json_line(FULL))) > 20


def test_contract_of_a_claim() -> None:
    claim = reading_to_json(FULL)["claims"][0]
    assert claim["type"] == "strike.shelling"
    assert claim["roles"]["actor"][0]["side"] == "YE"
    assert [claim["figures"][0][key] for key in ("measure", "low", "high", "of")] == [
        "killed",
        6,
        8,
        "civilians",
    ]
    assert claim["time"]["earliest"] == claim["time"]["latest"] == "2017-05-01"
    assert claim["place"]["precision"] == 2
    assert [said["kind"] for said in claim["attribution"]] == ["named_organization", "unnamed"]


def test_a_claims_attribution_holds_the_part_with_the_trigger() -> None:
    doctor = reading_to_json(FULL)["claims"][0]["attribution"][1]
    assert doctor["content"]["quote"].startswith("hit a school")


def test_absent_values_are_null() -> None:
    loss = reading_to_json(FULL)["claims"][1]
    assert loss["place"] is None
    assert loss["time"] is None
    assert loss["attribution"] == []
    assert reading_to_json(FULL)["claims"][2]["attribution"][0]["content"] is None


def test_same_reading_same_line() -> None:
    line = json_line(FULL)
    assert line == json_line(replace(FULL))
    assert "\n" not in line


def test_halves_of_surrogate_pairs_still_encode() -> None:
    line = json_line(plain("a \ud800 b"))
    assert json.loads(line.encode("utf-8"))["report"]["text"] == "a \ud800 b"
