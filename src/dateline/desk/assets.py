"""The scripts and styles of the desk: our own, and those that `make desk` takes from their packages."""

from pathlib import Path

STATIC = Path(__file__).parent / "static"


def check_assets() -> None:
    """Raise DatelineError if a script or style that the pages need was not built."""
