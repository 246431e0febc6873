"""The routes of reviewing: the queue, a claim, and the decisions about it."""

from dataclasses import dataclass
from typing import Any, cast

from starlette.responses import Response

from dateline.desk.call import Call, DeskError, Page, Parameter, respond, see_other
from dateline.desk.deciding import keep, made, told_meanwhile
from dateline.desk.places import FoundPlace, found_places
from dateline.desk.queue_page import queue_page
from dateline.desk.review_form import correction, machine_value
from dateline.desk.review_page import DecisionLine, decision_lines, last_decision, review_page
from dateline.desk.review_queue import RULES, STATES, QueueQuery, parse_queue
from dateline.desk.templates import query_of
from dateline.model.event import Entry
from dateline.model.review import ReviewKind
from dateline.run.decide import Superseded

DECISIONS = ("accept", "reject", "unsure", "note", "correct")
# After these the person goes on to the next claim; after the others there may be more to do on this one.
_DONE = ("accept", "reject", "unsure")
_QUEUE = (
    Parameter(name="by", words="The rule of order.", schema={"type": "string", "enum": list(RULES)}),
    Parameter(name="type", words="An event type, a family or a pattern."),
    Parameter(name="event", words="The id of an event."),
    Parameter(name="report", words="The id of a report."),
    Parameter(name="state", words="What was decided.", schema={"type": "string", "enum": list(STATES)}),
)
_CLAIM = Parameter(name="claim", words="The id of the claim.", place="path")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesPage:
    """The places of the gazetteer that a name may mean."""

    places: tuple[FoundPlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsPage:
    """All that was decided about a claim, oldest first, taken back or not; `blind` if others' are hidden as yet."""

    claim: str
    decisions: tuple[DecisionLine, ...]
    blind: bool


def _query(call: Call) -> QueueQuery:
    return parse_queue(call.request.query_params)


def _queue(call: Call) -> Response:
    given = call.request.query_params.get("page", "1")
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise DeskError(f"page={given!r} is no number of a page")
    return respond(call, "review_queue.html", queue_page(call.desk, call.person, _query(call), int(given)))


def _claim(call: Call) -> Response:
    look_up = call.request.query_params.get("look_up", "").strip()
    page = review_page(call.desk, call.person, call.path["claim"], _query(call), look_up=look_up)
    return respond(call, "review.html", page)


def _decide(call: Call) -> Response:
    claim, kind, query = call.path["claim"], call.field("decision"), _query(call)
    if kind not in DECISIONS:
        raise DeskError(f"{kind!r} is none of {', '.join(DECISIONS)}")
    entry = _entry(call, claim)
    settles = call.fields("settles")
    if settles and not call.person.may("lead"):
        raise DeskError("settling a conflict needs the role of a lead", status=403)
    if kind == "note" and not call.field("why"):
        raise DeskError("a note needs words")
    field, value = _correction(call, entry) if kind == "correct" else (None, None)
    review = made(
        call,
        cast("ReviewKind", kind),
        [claim],
        field=field,
        value=value,
        settles=_sides(call, claim, settles),
    )
    here = f"/review/{claim}{query_of(query.to_params())}"
    try:
        keep(call, review, compared=kind != "note")
    except Superseded as error:
        words = f"{kind} {field}" if field else kind
        return told_meanwhile(call, review, error, words=words, back=here)
    if back := call.field("back"):
        return see_other(call, back)
    if kind not in _DONE:
        return see_other(call, here)
    following = call.desk.queue(call.person, query).next_open(claim)
    return see_other(call, f"/review{f'/{following}' if following else ''}{query_of(query.to_params())}")


def _correction(call: Call, entry: Entry) -> tuple[str, Any]:
    """Return the field and the value that a form sets: by its own fields, or as "take" names one that is there."""
    take = call.field("take")
    if not take:
        return correction(call, entry.claim, entry.report.text)
    claim = entry.claim.id
    if take == "machine":
        with call.desk.record.view() as view:
            return machine_value(view.entries([claim])[claim].claim, call.field("field"))
    held = call.desk.decisions_for(call.person).by_claim.get(claim, ())
    chosen = next((one for one in held if one.id == take and one.kind == "correct" and one.field), None)
    if chosen is None:
        raise DeskError(f"there is no correction {take!r} of this claim that stands")
    return str(chosen.field), chosen.value


def _entry(call: Call, claim: str) -> Entry:
    """Return a claim as it stands and the person may see it."""
    with call.desk.events(call.person) as events:
        entry = events.entries([claim]).get(claim)
    if entry is None:
        raise DeskError(f"there is no claim {claim!r} in the record", status=404)
    return entry


def _sides(call: Call, claim: str, settles: list[str]) -> tuple[str, ...]:
    """Return the decisions that are settled; raises DeskError for one that is none about the claim."""
    known = {one.id for one in call.desk.decisions_for(call.person).by_claim.get(claim, ())}
    if unknown := [one for one in settles if one not in known]:
        raise DeskError(f"there is no decision {unknown[0]!r} about this claim that stands")
    return tuple(dict.fromkeys(settles))


def _undo(call: Call) -> Response:
    known = call.desk.decisions_for(call.person)
    wanted = call.field("decision")
    if wanted:
        chosen = known.by_id.get(wanted)
    else:
        # The same form sent twice takes back one decision, not the one before too.
        kept = known.by_key.get((call.person.name, call.field("key")))
        last = last_decision(known, call.person.name)
        chosen = known.by_id.get((kept.undoes if kept else last.id if last else None) or "")
    if chosen is None:
        raise DeskError(
            f"there is no decision {wanted!r}" if wanted else "there is no decision of yours to take back",
            status=404 if wanted else 400,
        )
    if chosen.who != call.person.name and not call.person.may("lead"):
        raise DeskError("only a lead takes back what another decided", status=403)
    root = known.root(chosen)
    back = call.field("back") or (f"/review/{root.claims[0]}" if root.claims else "/review")
    if not wanted and root.claims:
        back = f"/review/{root.claims[0]}{query_of(_query(call).to_params())}"
    review = made(call, "undo", undoes=chosen.id)
    try:
        keep(call, review)
    except Superseded as error:
        return told_meanwhile(call, review, error, words=f"undo of {chosen.kind}", back=back)
    return see_other(call, back)


def _decisions(call: Call) -> Response:
    claim = call.path["claim"]
    _entry(call, claim)
    known = call.desk.decisions_for(call.person)
    page = DecisionsPage(
        claim=claim, decisions=decision_lines(known, claim, call.person), blind=claim in known.hidden
    )
    return respond(call, "review_decisions.html", page)


def _places(call: Call) -> Response:
    return respond(call, "", PlacesPage(places=found_places(call.request.query_params.get("q", ""))))


PAGES = (
    Page(path="/review", handler=_queue, words="The claims that are to be decided about, in a chosen order.",
         parameters=(*_QUEUE, Parameter(name="page", words="The page of the list.", schema={"type": "integer"}))),
    Page(path="/review/undo", method="POST", role="coder", handler=_undo,
         words="Take back a decision: that of the field `decision`, or else the person's last."),
    Page(path="/review/{claim}", handler=_claim, words="A claim under review, with its words in the report.",
         parameters=(_CLAIM, *_QUEUE, Parameter(name="look_up", words="A place to look up in the gazetteer."))),
    Page(path="/review/{claim}", method="POST", role="coder", handler=_decide,
         words="Decide about a claim: accept, reject, unsure, note or correct.", parameters=(_CLAIM, *_QUEUE)),
    Page(path="/claims/{claim}/decisions", handler=_decisions, words="All that was decided about a claim.",
         parameters=(_CLAIM,)),
    Page(path="/places", handler=_places, html=False, words="Places of the gazetteer that a name may mean.",
         parameters=(Parameter(name="q", words="The name, in any spelling."),)),
)  # fmt: skip
