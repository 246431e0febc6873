"""The hash of a codebook's files, by which a recipe names it."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def codebook_digest(folders: Iterable[Path]) -> str:
    """Return 16 hex digits of the SHA-256 over names and bytes of all CSV and TOML files, folder by folder."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.glob("*.csv")) + sorted(folder.glob("*.toml")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
