"""The routes of signing in and out, and of one's own page."""

from starlette.responses import Response

from dateline.desk.call import Call, DeskError, Page, is_local, respond, see_other
from dateline.desk.people_page import SignInPage, self_page
from dateline.desk.security import SESSION
from dateline.desk.sessions import WHOLE_S
from dateline.desk.sign_in import TooMany


def _show(call: Call) -> Response:
    back = call.request.query_params.get("back", "/")
    if not call.person.guest:
        return see_other(call, _led(back))
    page = SignInPage(back=_led(back), accounts=call.desk.people.any())
    return respond(call, "sign_in.html", page)


def _sign_in(call: Call) -> Response:
    name, back = call.field("name"), _led(call.field("back"))
    try:
        account = call.desk.sign_in.check(name, call.exact("password"), call.address)
    except TooMany as error:
        minutes = -(-error.seconds // 60)
        words = call.language.ngettext(
            "Too many attempts that failed. Wait %(num)s minute before the next.",
            "Too many attempts that failed. Wait %(num)s minutes before the next.",
            minutes,
        )
        return _again(call, name, back, words % {"num": minutes}, 429, {"Retry-After": str(error.seconds)})
    if account is None:
        words = call.language.gettext(
            "That name and password do not go together, or the account is disabled."
        )
        return _again(call, name, back, words, 401, {})
    if call.signed is not None:
        call.desk.sessions.end(call.signed.digest)
    return _begun(call, account.id, see_other(call, "/self" if account.must_change else back))


def _again(call: Call, name: str, back: str, message: str, status: int, headers: dict[str, str]) -> Response:
    page = SignInPage(back=back, name=name[:200], message=message)
    return respond(call, "sign_in.html", page, status=status, headers=headers)


def _begun(call: Call, account: int, response: Response) -> Response:
    """Begin a session of an account with an id that nobody knew before, and give it to the browser."""
    session = call.desk.sessions.begin(
        account, address=call.address, browser=call.request.headers.get("user-agent", "")
    )
    response.set_cookie(
        SESSION, session, max_age=WHOLE_S, httponly=True, samesite="strict", secure=call.desk.settings.secure, path="/"
    )  # fmt: skip
    return response


def _sign_out(call: Call) -> Response:
    if call.signed is not None:
        call.desk.sessions.end(call.signed.digest)
    return _ended(call)


def _sign_out_everywhere(call: Call) -> Response:
    call.desk.sessions.end_all(_own(call))
    return _ended(call)


def _ended(call: Call) -> Response:
    response = see_other(call, "/sign-in")
    response.delete_cookie(
        SESSION, httponly=True, samesite="strict", secure=call.desk.settings.secure, path="/"
    )
    return response


def _self(call: Call) -> Response:
    return respond(call, "self.html", self_page(call))


def _change_password(call: Call) -> Response:
    account = _own(call)
    new = call.exact("new")
    try:
        known = call.desk.sign_in.check(call.person.name, call.exact("password"), call.address)
        if known is None:
            raise DeskError("the password of now is not right; nothing was changed", status=403)
        if new != call.exact("again"):
            raise DeskError("the new password was not written the same twice; nothing was changed")
        if new == call.exact("password"):
            raise DeskError("the new password is the old one; take another")
        call.desk.people.set_password(account, new, must_change=False)
    except TooMany as error:
        page = self_page(call, "too many attempts that failed; wait before the next")
        return respond(call, "self.html", page, status=429, headers={"Retry-After": str(error.seconds)})
    except DeskError as error:
        return respond(call, "self.html", self_page(call, str(error)), status=error.status)
    # All sessions ended with the old password; this one goes on under an id that is new.
    return _begun(call, account, see_other(call, "/"))


def _own(call: Call) -> int:
    if call.signed is None:
        raise DeskError(
            "this desk has no accounts, so there is no password to change and nothing to sign out of"
        )
    return call.signed.account


def _led(back: str) -> str:
    """Return where to lead somebody who signed in: only to a page of this desk."""
    return back if is_local(back) and not back.startswith("/sign-") else "/"


PAGES = (
    Page(path="/sign-in", handler=_show, guest=True, json=False, words="Sign in."),
    Page(path="/sign-in", method="POST", handler=_sign_in, guest=True, json=False, words="Sign in.", body_bytes=20_000),
    Page(path="/sign-out", method="POST", handler=_sign_out, guest=True, json=False, words="Sign out.", body_bytes=20_000),
    Page(path="/self", handler=_self, words="One's own page: name, role, password, where one is signed in."),
    Page(
        path="/self/password", method="POST", handler=_change_password, json=False, body_bytes=20_000,
        words="Choose another password; all other sessions end.",
    ),
    Page(
        path="/self/sign-out", method="POST", handler=_sign_out_everywhere, json=False, body_bytes=20_000,
        words="Sign out everywhere.",
    ),
)  # fmt: skip
