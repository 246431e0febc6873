"""The routes by which a person says which claims are one event: merge, split, pin."""

from collections.abc import Sequence
from typing import Literal

from starlette.responses import Response

from dateline.desk.call import Call, DeskError, Page, Parameter, see_other
from dateline.desk.deciding import keep, made, told_meanwhile
from dateline.desk.phrases import Phrases
from dateline.desk.words import N_
from dateline.errors import StoreError
from dateline.run.decide import Superseded

_EVENT = Parameter(name="event", words="The id of the event.", place="path")


def _claims(call: Call, names: Sequence[str]) -> dict[str, list[str]]:
    """Return the claims of events by id, in the order named; raises DeskError (404) for one that is not there."""
    with call.desk.events() as events:
        try:
            ids = list(dict.fromkeys(events.named(name) for name in names if name))
        except StoreError as error:
            raise DeskError(N_("the record has no such event (%(error)s)"), status=404, error=error) from None
        found = events.linked.claims_of_events(ids)
    return {event: found[event] for event in ids}


def _decide(
    call: Call,
    kind: Literal["merge", "split", "pin"],
    claims: Sequence[str],
    others: Sequence[str],
    words: str,
) -> Response:
    review = made(call, kind, claims, others=others)
    here = f"/events/{call.path['event']}"
    try:
        kept = keep(call, review)
    except Superseded as error:
        return told_meanwhile(call, review, error, words=words, back=call.field("back") or here)
    if back := call.field("back"):
        return see_other(call, back)
    return see_other(call, f"/events/{kept.events[0]}" if kept.events else "/")


def _merge(call: Call) -> Response:
    held = _claims(call, [call.path["event"], *(one.strip() for one in call.fields("with"))])
    if len(held) < 2:
        raise DeskError(N_("name another event to merge with; these are one already"))
    return _decide(
        call,
        "merge",
        [claim for claims in held.values() for claim in claims],
        [],
        Phrases(call.wording).said(N_("merge %(num)s events"), num=len(held)),
    )


def _split(call: Call) -> Response:
    (held,) = _claims(call, [call.path["event"]]).values()
    chosen = list(dict.fromkeys(claim.strip() for claim in call.fields("claim")))
    if not chosen:
        raise DeskError(N_("choose the claims that tell of another event"))
    if unknown := [claim for claim in chosen if claim not in held]:
        raise DeskError(
            N_("the event has no claim %(unknown)r any more; open its page again"),
            status=409,
            unknown=unknown[0],
        )
    others = [claim for claim in held if claim not in chosen]
    if not others:
        raise DeskError(N_("choose only those claims that tell of another event: these are all that it has"))
    words = N_("split %(num)s of %(all)s claims off")
    return _decide(
        call, "split", chosen, others, Phrases(call.wording).said(words, num=len(chosen), all=len(held))
    )


def _pin(call: Call) -> Response:
    (held,) = _claims(call, [call.path["event"]]).values()
    if (seen := call.field("claims")) and seen != str(len(held)):
        raise DeskError(
            N_("the event had %(seen)s claims on your page and has %(num)s now; look at it again"),
            status=409,
            seen=seen,
            num=len(held),
        )
    return _decide(
        call,
        "pin",
        held,
        [],
        Phrases(call.wording).said(N_("pin %(num)s claims as the event"), num=len(held)),
    )


PAGES = (
    Page(path="/events/{event}/merge", method="POST", role="coder", handler=_merge, parameters=(_EVENT,),
         words="Decide that the event and those of the fields `with` are one."),
    Page(path="/events/{event}/split", method="POST", role="coder", handler=_split, parameters=(_EVENT,),
         words="Decide that the claims of the fields `claim` tell of another event."),
    Page(path="/events/{event}/pin", method="POST", role="coder", handler=_pin, parameters=(_EVENT,),
         words="Decide that the event is just the claims that it has."),
)  # fmt: skip
