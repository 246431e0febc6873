"""The desk's built files: checked at the start, with an error that says what to do, and pinned to the hash."""

import json
import re
import shutil
from pathlib import Path

import pytest

from dateline.desk.assets import BUILT, STATIC, VENDOR, check_assets
from dateline.errors import DatelineError

FRONTEND = STATIC.parent / "frontend"


def test_a_missing_build_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="make desk"):
        check_assets(tmp_path)
    for name in BUILT:
        shutil.copy(VENDOR / name, tmp_path)
    check_assets(tmp_path)
    (tmp_path / "htmx.js").unlink()
    with pytest.raises(DatelineError, match=r"htmx\.js missing"):
        check_assets(tmp_path)


def test_lock_file_is_exact_and_names_no_registry() -> None:
    wanted = json.loads((FRONTEND / "package.json").read_text())
    locked = json.loads((FRONTEND / "package-lock.json").read_text())["packages"]
    for name, version in {**wanted["dependencies"], **wanted["devDependencies"]}.items():
        assert locked[f"node_modules/{name}"]["version"] == version
    for name, entry in locked.items():
        assert not name or entry["integrity"].startswith("sha512-"), name
        assert entry.get("resolved", "https://registry.npmjs.org/").startswith("https://registry.npmjs.org/")


def test_built_files_name_no_source_map_and_no_other_host() -> None:
    for name in ("htmx.js", "maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css"):
        text = (VENDOR / name).read_text(encoding="utf-8")
        assert "sourceMappingURL" not in text
        assert not re.search(r"(url\(|@import)\s*[\"']?https?:", text), name
