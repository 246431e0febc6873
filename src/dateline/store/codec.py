"""Readings, reports and texts to what a database can hold, and back to exactly what they were."""

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError, from_json

from dateline.model.ids import canonical_json
from dateline.model.reading import Attribution, Claim, Mention, Problem, Reading, Recipe
from dateline.model.text import Report

_HALF = re.compile("[\ud800-\udfff]")
Claims = tuple[Claim, ...]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What a reading holds beside its claims and its recipe; the report's text stands elsewhere."""

    report: Report
    attributions: tuple[Attribution, ...]
    mentions: tuple[Mention, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A reading as kept: claims and rest as deflated JSON, and the digest of both before deflation."""

    claims: bytes
    rest: bytes
    digest: str


# Made at first use: building them takes a tenth of a second.
@cache
def _claims_adapter() -> TypeAdapter[Claims]:
    return TypeAdapter(Claims)


@cache
def _batch_adapter() -> TypeAdapter[list[Claims]]:
    return TypeAdapter(list[Claims])


@cache
def _rest_adapter() -> TypeAdapter[Rest]:
    return TypeAdapter(Rest)


def pack(reading: Reading) -> Packed:
    """Return a reading as it is kept."""
    rest = Rest(
        report=replace(reading.report, text=""), attributions=reading.attributions,
        mentions=reading.mentions, problems=reading.problems,
    )  # fmt: skip
    claims, other = _dump(_claims_adapter(), reading.claims), _dump(_rest_adapter(), rest)
    return Packed(claims=zlib.compress(claims), rest=zlib.compress(other), digest=blobs_digest(claims, other))


def blobs_digest(claims: bytes, rest: bytes) -> str:
    """Return the digest of a reading's two pieces of JSON, not deflated."""
    return hashlib.sha256(hashlib.sha256(claims).digest() + hashlib.sha256(rest).digest()).hexdigest()


def unpack(claims: bytes, rest: bytes, text: str, recipe: Recipe) -> Reading:
    """Return the reading that was packed, with its report's text and its recipe put back."""
    other = _load(_rest_adapter(), zlib.decompress(rest))
    return Reading(
        report=replace(other.report, text=text), recipe=recipe, claims=unpack_claims(claims),
        attributions=other.attributions, mentions=other.mentions, problems=other.problems,
    )  # fmt: skip


def unpack_claims(claims: bytes) -> Claims:
    """Return the claims of a packed reading."""
    return _load(_claims_adapter(), zlib.decompress(claims))


def unpack_many(blobs: Sequence[bytes]) -> list[Claims]:
    """Return the claims of many packed readings; several times faster than one by one."""
    try:
        return _batch_adapter().validate_json(b"[" + b",".join(map(zlib.decompress, blobs)) + b"]")
    except ValidationError:
        return [unpack_claims(blob) for blob in blobs]


def unpack_chosen(chosen: Sequence[tuple[bytes, Sequence[int]]]) -> list[list[Claim]]:
    """Return of packed readings the claims at some positions each; what is not asked for is not built."""
    texts = [zlib.decompress(blob) for blob, _ in chosen]
    try:
        read = [from_json(text) for text in texts]
    except ValueError:
        # Halves of surrogate pairs are read by the other parser alone.
        read = [json.loads(text) for text in texts]
    asked = [held[place] for held, (_, places) in zip(read, chosen, strict=True) for place in places]
    found = iter(_claims_adapter().validate_python(asked))
    return [[next(found) for _ in places] for _, places in chosen]


def _dump(adapter: TypeAdapter[Any], value: Any) -> bytes:
    try:
        return adapter.dump_json(value)
    except PydanticSerializationError:
        # Halves of surrogate pairs have no UTF-8 form; they are escaped.
        plain = adapter.dump_python(value, mode="json")
        return json.dumps(plain, ensure_ascii=True, separators=(",", ":")).encode()


def _load(adapter: TypeAdapter[_T], data: bytes) -> _T:
    try:
        return adapter.validate_json(data)
    except ValidationError:
        return adapter.validate_python(json.loads(data))


@cache
def recipe_digest(recipe: Recipe) -> str:
    """Return what a recipe is known by: the SHA-256 of its canonical JSON, in hex."""
    return hashlib.sha256(recipe_text(recipe).encode()).hexdigest()


def recipe_text(recipe: Recipe) -> str:
    """Write a recipe as canonical JSON."""
    return canonical_json(asdict(recipe))


def recipe_of(text: str) -> Recipe:
    """Return the recipe that `recipe_text` wrote."""
    value = json.loads(text)
    return Recipe(**{**value, "models": tuple(value["models"])})


def storable(fields: dict[str, str | None]) -> tuple[dict[str, str | None], str | None]:
    """Return texts as a database can hold them, and as JSON those that it cannot, null if it can hold all."""
    halves = {name: value for name, value in fields.items() if value is not None and _HALF.search(value)}
    if not halves:
        return fields, None
    whole = {name: _HALF.sub("\ufffd", value) for name, value in halves.items()}
    return {**fields, **whole}, json.dumps(halves, ensure_ascii=True, sort_keys=True)


def restored(fields: dict[str, Any], exact: str | None) -> dict[str, Any]:
    """Return the texts that `storable` was given."""
    return {**fields, **json.loads(exact)} if exact else fields


def quotes(value: Any) -> Iterable[dict[str, Any]]:
    """Yield every span in a piece of JSON, as deep as it stands."""
    if isinstance(value, dict):
        if "quote" in value and "start" in value and "end" in value:
            yield value
        for inner in value.values():
            if isinstance(inner, dict | list):
                yield from quotes(inner)
    elif isinstance(value, list):
        for inner in value:
            if isinstance(inner, dict | list):
                yield from quotes(inner)
