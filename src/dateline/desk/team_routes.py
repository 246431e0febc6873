"""The routes of a team: who reads what, conflicts, agreement."""

from secrets import SystemRandom

from starlette.responses import Response

from dateline.desk.call import Call, DeskError, Page, Parameter, respond, see_other
from dateline.desk.phrases import Phrases
from dateline.desk.review_queue import parse_queue
from dateline.desk.team_pages import agreement_page, coded, conflicts_page, matrix_csv
from dateline.desk.templates import query_of
from dateline.desk.words import N_

_MOST_ASKED, _MOST_PEOPLE, _LONGEST_NAME = 5_000, 50, 100


def _assign(call: Call) -> Response:
    query = parse_queue(call.request.query_params)
    names = [name.strip() for given in call.fields("who") for name in given.split(",")]
    people = list(dict.fromkeys(name for name in names if name))
    if not people or len(people) > _MOST_PEOPLE or any(len(name) > _LONGEST_NAME for name in people):
        raise DeskError(
            N_("name one to %(most_people)s people, two or more for a double reading"),
            most_people=_MOST_PEOPLE,
        )
    number = call.field("number")
    if not (number.isascii() and number.isdigit() and 0 < len(number) < 6 and 0 < int(number) <= _MOST_ASKED):
        raise DeskError(N_("the number of claims is from 1 to %(most_asked)s"), most_asked=_MOST_ASKED)
    queue = call.desk.queue(call.person, query)
    asked = {one.claim for one in call.desk.assignments.all()}
    # Whoever matches the filters: the one who asks may have decided about them, the others not.
    claims = [claim for row in queue.matching.tolist() if (claim := queue.table.ids[row]) not in asked]
    if not claims:
        raise DeskError(N_("no claim is left that matches and that nobody was asked about"))
    if call.field("pick") == "random":
        claims = SystemRandom().sample(claims, min(int(number), len(claims)))
    call.desk.assignments.ask(
        claims[: int(number)], people, by=call.person.name, blind=bool(call.field("blind"))
    )
    return see_other(call, f"/review{query_of(query.to_params())}")


def _conflicts(call: Call) -> Response:
    return respond(
        call,
        "review_conflicts.html",
        conflicts_page(call.desk, call.person, _number(call), Phrases(call.wording)),
    )


def _number(call: Call) -> int:
    given = call.request.query_params.get("page", "1")
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise DeskError(N_("page=%(given)r is no number of a page"), given=given)
    return int(given)


def _blind(call: Call) -> bool:
    return call.request.query_params.get("blind", "") in ("1", "yes")


def _agreement(call: Call) -> Response:
    return respond(call, "review_agreement.html", agreement_page(call.desk, call.person, blind=_blind(call)))


def _matrix(call: Call) -> Response:
    text = matrix_csv(coded(call.desk, call.person, blind=_blind(call)))
    return Response(
        text.encode("utf-8", "replace"), media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="coding.csv"'},
    )  # fmt: skip


_PAGE = Parameter(name="page", words="The page of the list.", schema={"type": "integer"})
_ONLY_BLIND = Parameter(name="blind", words="1: only what was decided blind.")
PAGES = (
    Page(path="/review/assign", method="POST", role="lead", handler=_assign,
         words="Ask people to decide about claims that match the filters, if wished without seeing each other."),
    Page(path="/review/conflicts", role="coder", handler=_conflicts, parameters=(_PAGE,),
         words="Claims that people decided differently about, until a lead settles it."),
    Page(path="/review/agreement", role="coder", handler=_agreement, parameters=(_ONLY_BLIND,),
         words="How far people agree who decided about the same claims: Krippendorff's alpha."),
    Page(path="/review/agreement.csv", role="coder", handler=_matrix, json=False, file=True, parameters=(_ONLY_BLIND,),
         words="What each person made of each claim, as a table."),
)  # fmt: skip
