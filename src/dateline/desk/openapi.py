"""What the desk answers as JSON, described in OpenAPI 3.1, made from its pages."""

import re
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from starlette.responses import JSONResponse, Response

from dateline.desk.call import Call, Page, Parameter


def openapi(pages: Sequence[Page]) -> dict[str, Any]:
    """Return the description of all pages that are answered as JSON to a GET."""
    paths = {_path(page): {"get": _operation(page)} for page in pages if page.json and page.method == "GET"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Dateline", "version": version("dateline"), "description": "The pages of a desk as JSON."},
        "paths": dict(sorted(paths.items())),
    }  # fmt: skip


def _path(page: Page) -> str:
    plain = re.sub(r"\{(\w+):\w+\}", r"{\1}", page.path)
    return "/overview.json" if plain == "/" else f"{plain}.json"


def _operation(page: Page) -> dict[str, Any]:
    named = {parameter.name for parameter in page.parameters}
    missing = [
        Parameter(name=name, words="", place="path")
        for name in re.findall(r"\{(\w+)", page.path)
        if name not in named
    ]
    answers: Mapping[str, Any] = {
        "200": {"description": page.words, "content": {"application/json": {"schema": {"type": ["object", "array"]}}}},
        "4XX": {
            "description": "What was asked cannot be answered; `message` says why.",
            "content": {"application/json": {"schema": _ERROR}},
        },
    }  # fmt: skip
    return {
        "summary": page.words,
        "parameters": [_parameter(parameter) for parameter in (*page.parameters, *missing)],
        "responses": answers,
    }


_ERROR = {
    "type": "object",
    "required": ["status", "message"],
    "properties": {"status": {"type": "integer"}, "message": {"type": "string"}},
}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.place == "path",
        "description": parameter.words,
        "schema": dict(parameter.schema or {"type": "string"}),
    }


def page_of(pages: Sequence[Page]) -> Page:
    """Return the page that answers with the description of these pages."""
    described = openapi(pages)

    def answer(call: Call) -> Response:
        return JSONResponse(described)

    return Page(
        path="/openapi", handler=answer, html=False, words="What the desk answers as JSON, in OpenAPI 3.1."
    )
