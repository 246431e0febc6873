"""The files that the desk serves to the browser besides our own: the built ones, listed and checked."""

from pathlib import Path

from dateline.errors import DatelineError

STATIC = Path(__file__).parent / "static"
VENDOR = STATIC / "vendor"
# Each built file under static/vendor, and the npm package and file that it is a copy of (tools/build_desk.py).
BUILT = {
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "htmx.LICENSE.txt": "htmx.org/LICENSE",
    "maplibre-gl.mjs": "maplibre-gl/dist/maplibre-gl.mjs",
    "maplibre-gl-worker.mjs": "maplibre-gl/dist/maplibre-gl-worker.mjs",
    "maplibre-gl.css": "maplibre-gl/dist/maplibre-gl.css",
    "maplibre-gl.LICENSE.txt": "maplibre-gl/LICENSE.txt",
}


def check_assets(folder: Path = VENDOR) -> None:
    """Raise `DatelineError` where a file that the desk needs in the browser has not been built."""
    missing = [name for name in BUILT if not (folder / name).is_file()]
    if missing:
        raise DatelineError(
            f"the desk's scripts are not built ({', '.join(missing)} missing in {folder}): run `make desk` "
            "in Dateline's folder, or install Dateline from a wheel, which brings them"
        )
