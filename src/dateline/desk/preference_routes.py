"""What a person chooses for themselves, kept in cookies: language, colours, whether the desk explains itself."""

from starlette.responses import Response

from dateline.desk.call import Call, DeskError, Page, see_other
from dateline.desk.language import LANGUAGES

THEMES = ("auto", "light", "dark")
# Whether the words about what is where were put away.
TOUR = ("shown", "away")
_YEAR_S = 365 * 24 * 3600


def _choose(call: Call) -> Response:
    response = see_other(call, call.field("back") or "/")
    for name, known in (("language", tuple(LANGUAGES)), ("theme", THEMES), ("tour", TOUR)):
        value = call.field(name)
        if not value:
            continue
        if value not in known:
            raise DeskError(f"{value!r} is none of {', '.join(known)}")
        response.set_cookie(
            f"dateline_{name}",
            value,
            max_age=_YEAR_S,
            samesite="lax",
            secure=call.desk.settings.secure,
            path="/",
        )
    return response


PAGES = (
    Page(
        path="/preferences", method="POST", handler=_choose, guest=True, json=False,
        words="Choose the language and the colours of the interface.",
    ),
)  # fmt: skip
