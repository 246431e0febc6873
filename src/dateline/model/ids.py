"""Ids as hashes of canonical JSON, so that the same content has the same id everywhere."""

import hashlib
import json
from typing import Any

# Made once: json.dumps would make one for each value.
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_json(value: Any) -> str:
    """Write a JSON value with sorted keys and no spaces, so that equal values give equal text."""
    return _CANONICAL.encode(value)


def content_id(value: Any) -> str:
    """Return the first 16 hex digits of the SHA-256 of a JSON value's canonical form."""
    return hashlib.sha256(canonical_json(value).encode("utf-8", "surrogatepass")).hexdigest()[:16]
