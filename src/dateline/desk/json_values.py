"""Pages as JSON: dataclasses field by field, days and times in ISO 8601."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from pydantic import BaseModel

from dateline.export.event_json import count_to_json, event_to_json, range_to_json
from dateline.export.plain import plain
from dateline.model.event import Count, Event, Range
from dateline.model.reading import Claim
from dateline.model.review import Review, review_to_json
from dateline.wire import claim_to_json

# What has a contract of its own is written by it.
_CONTRACTS: Mapping[type, Any] = {
    Event: event_to_json, Claim: claim_to_json, Count: count_to_json, Range: range_to_json, Review: review_to_json,
}  # fmt: skip


def json_of(value: Any) -> Any:
    """Return a value as plain JSON values; raises TypeError for what has no JSON form."""
    contract = _CONTRACTS.get(type(value))
    if contract is not None:
        return json_of(contract(value))
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: json_of(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, str):
        return plain(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {plain(str(key)): json_of(one) for key, one in value.items()}
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, tuple | list | frozenset | set):
        return [json_of(one) for one in (sorted(value) if isinstance(value, frozenset | set) else value)]
    raise TypeError(f"{type(value).__name__} has no JSON form")
