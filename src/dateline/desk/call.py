"""One request as the handlers see it, the routes that lead to them, and the answers they give."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args
from urllib.parse import quote, urlsplit

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from dateline.desk.json_values import json_of
from dateline.desk.language import Language, language_of
from dateline.desk.told import ToldError
from dateline.desk.words import N_

if TYPE_CHECKING:
    from dateline.desk.desk import Desk
    from dateline.desk.sessions import SignedIn

Role = Literal["reader", "coder", "lead"]
ROLES: tuple[Role, ...] = get_args(Role)


class DeskError(ToldError):
    """Something asked of the desk that cannot be done; `status` is the HTTP status of the page that says so."""

    def __init__(self, message: str, *, status: int = 400, **values: object) -> None:
        super().__init__(message, **values)
        self.status = status


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who uses the desk: the name that decisions are kept under, and what they may do.

    A reader looks and exports, a coder decides too, a lead also settles conflicts, asks for second readings, makes
    releases and keeps the accounts. `local` is the one user of a desk without accounts.
    """

    name: str
    role: Role
    local: bool = False

    @property
    def guest(self) -> bool:
        """Whether nobody has signed in."""
        return not self.name

    def may(self, role: Role) -> bool:
        """Whether this person may do what needs a role."""
        return not self.guest and ROLES.index(self.role) >= ROLES.index(role)


GUEST = Person(name="", role="reader")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request: what was sent, by whom, in which language, and whether the answer is to be JSON.

    `form` are the fields of a POST, already checked against forgery. `fragment` is true when htmx asks for a piece of
    a page. `signed` is the session of somebody with an account.
    """

    request: Request
    desk: "Desk"
    person: Person
    language: Language
    token: str
    form: FormData | None = None
    as_json: bool = False
    fragment: bool = False
    signed: "SignedIn | None" = None

    @property
    def address(self) -> str:
        """The address that the request came from."""
        return self.request.client.host if self.request.client else ""

    @property
    def here(self) -> str:
        """The path and query of the request."""
        path, query = quote(self.request.url.path, safe="/~:@!$&'()*+,="), self.request.url.query
        return f"{path}?{query}" if query else path

    @property
    def shown(self) -> str:
        """The page that is looked at: this one, or for what a POST answers with the page that sent it."""
        if self.request.method == "GET":
            return self.here
        sent = urlsplit(self.request.headers.get("referer", ""))
        address = f"{sent.path}?{sent.query}" if sent.query else sent.path
        return address if is_local(address) else "/"

    @property
    def wording(self) -> Language:
        """The language of the words among the values of a page: English in JSON."""
        return language_of("en") if self.as_json else self.language

    @property
    def path(self) -> Mapping[str, Any]:
        """The parts of the path that the route names."""
        return self.request.path_params

    def field(self, name: str, default: str = "") -> str:
        """Return a field of the form as text, stripped; files are none."""
        value = self.form.get(name) if self.form is not None else None
        return value.strip() if isinstance(value, str) else default

    def exact(self, name: str) -> str:
        """Return a field of the form as it was sent, "" for none."""
        value = self.form.get(name) if self.form is not None else None
        return value if isinstance(value, str) else ""

    def fields(self, name: str) -> list[str]:
        """Return all values of a field of the form."""
        found = self.form.getlist(name) if self.form is not None else []
        return [value for value in found if isinstance(value, str)]

    def files(self, name: str) -> list[UploadFile]:
        """Return the files sent in a field of the form; a field that was left empty sends none."""
        found = self.form.getlist(name) if self.form is not None else []
        return [value for value in found if isinstance(value, UploadFile) and (value.filename or value.size)]


Handler = Callable[[Call], Response]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of a page, in the path or the query: its name, what it means, and its JSON schema."""

    name: str
    words: str
    place: Literal["path", "query"] = "query"
    schema: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page or an action of the desk: path, handler, what it is in words, and the least role that may use it.

    A GET page answers at `path` in HTML and at `path` with ".json" (the root at "/overview.json") in JSON.
    `guest` pages need no sign-in. A `file` is sent as one to save, and is no page. `upload` is the number of files that a
    POST may send, `body_bytes` the size of all of it.
    """

    path: str
    handler: Handler
    words: str
    method: Literal["GET", "POST"] = "GET"
    role: Role = "reader"
    parameters: tuple[Parameter, ...] = ()
    json: bool = True
    html: bool = True
    guest: bool = False
    file: bool = False
    upload: int = 0
    body_bytes: int = 4_000_000


def respond(
    call: Call, template: str, page: Any, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with a page: a frozen dataclass as JSON where that was asked for, else the template filled with it."""
    if call.as_json:
        return JSONResponse(json_of(page), status_code=status, headers=headers)
    html = call.desk.templates.render(template, call, page)
    return Response(html, status_code=status, headers=headers, media_type="text/html")


def see_other(call: Call, address: str) -> Response:
    """Lead to another page of the desk after a POST; htmx and JSON callers are told the same in their way."""
    if not is_local(address):
        raise DeskError(N_("that address is no page of this desk"))
    if call.request.headers.get("hx-request") == "true":
        return Response(status_code=204, headers={"HX-Redirect": address})
    if call.as_json:
        return JSONResponse({"see": address})
    return RedirectResponse(address, status_code=303)


def is_local(address: str) -> bool:
    """Whether an address leads to a page of this desk and nowhere else, whatever a browser makes of it."""
    return (
        address.startswith("/")
        and not address.startswith(("//", "/\\"))
        and not any(ord(sign) < 33 or ord(sign) == 127 for sign in address)
    )
