"""The files that pages ask for besides themselves: deflated once, and kept by the browser for as long as they stand."""

import gzip
import hashlib
import os
from functools import cache, lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from dateline.desk.assets import STATIC

_DEFLATED = frozenset({".js", ".mjs", ".css", ".json", ".svg", ".txt"})


@cache
def static_version() -> str:
    """Return what changes with any of the files: the beginning of a SHA-256 of all."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(STATIC).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()[:16]


@cache
def static_path() -> str:
    """Return the path under which the files are for good: with other files it is another."""
    return f"/static/{static_version()}"


class Files(StaticFiles):
    """Serves the files; those `lasting` may be kept by the browser without asking again."""

    def __init__(self, *, lasting: bool) -> None:
        super().__init__(directory=STATIC)
        self.kept = "private, max-age=31536000, immutable" if lasting else "no-cache"

    def file_response(
        self,
        full_path: os.PathLike[str] | str,
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Answer with a file, deflated where the browser takes that."""
        asked, path = Headers(scope=scope), Path(full_path)
        if "gzip" in asked.get("accept-encoding", "") and path.suffix in _DEFLATED:
            body, tag = _deflated(path, stat_result.st_mtime_ns)
            headers = {"Content-Encoding": "gzip", "ETag": tag, "Vary": "Accept-Encoding"}
            kinds = {".mjs": "text/javascript", ".js": "text/javascript"}
            found = super().file_response(full_path, stat_result, scope, status_code)
            kind = kinds.get(path.suffix) or found.headers.get("content-type", "application/octet-stream")
            response: Response = Response(body, status_code, headers, media_type=kind)
            if self.is_not_modified(response.headers, asked):
                response = NotModifiedResponse(response.headers)
        else:
            response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = self.kept
        return response


@lru_cache(maxsize=200)
def _deflated(path: Path, _: int) -> tuple[bytes, str]:
    body = gzip.compress(path.read_bytes(), 6, mtime=0)
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'
