"""The routes of the accounts, for leads."""

from starlette.responses import Response

from dateline.desk.call import Call, DeskError, Handler, Page, respond, see_other
from dateline.desk.passwords import one_time_password
from dateline.desk.people import role_of
from dateline.desk.people_page import PasswordPage, people_page


def _people(call: Call) -> Response:
    return respond(call, "people.html", people_page(call))


def _add(call: Call) -> Response:
    people = call.desk.people
    first = not people.any()
    password = one_time_password()
    account = people.add(
        call.field("name"), role_of(call.field("role")), password, by=call.person.name, must_change=True
    )
    page = PasswordPage(account=account, password=password, new=True, first=first)
    return respond(call, "password.html", page)


def _role(call: Call) -> Response:
    call.desk.people.set_role(_number(call), role_of(call.field("role")))
    return see_other(call, "/people")


def _disable(call: Call) -> Response:
    call.desk.people.disable(_number(call))
    return see_other(call, "/people")


def _enable(call: Call) -> Response:
    call.desk.people.enable(_number(call))
    return see_other(call, "/people")


def _password(call: Call) -> Response:
    number, password = _number(call), one_time_password()
    call.desk.people.set_password(number, password, must_change=True)
    account = call.desk.people.get(number)
    call.desk.sign_in.forget(account.name)
    page = PasswordPage(account=account, password=password, new=False, first=False)
    return respond(call, "password.html", page)


def _number(call: Call) -> int:
    written = str(call.path["account"])
    if not (written.isascii() and written.isdecimal() and len(written) < 12):
        raise DeskError(f"there is no account {written[:40]!r}", status=404)
    return call.desk.people.get(int(written)).id


def _action(path: str, handler: Handler, words: str) -> Page:
    return Page(
        path=f"/people{path}",
        method="POST",
        handler=handler,
        words=words,
        role="lead",
        json=False,
        body_bytes=20_000,
    )


PAGES = (
    Page(path="/people", handler=_people, role="lead", words="The accounts: who may sign in, and what they may do."),
    _action("", _add, "Add an account; its password for one use is shown once."),
    _action("/{account}/role", _role, "Change what a person may do."),
    _action("/{account}/disable", _disable, "Let a person sign in no more."),
    _action("/{account}/enable", _enable, "Let a person sign in again."),
    _action("/{account}/password", _password, "Give a person a new password for one use."),
)  # fmt: skip
