"""The routes by which a person says which claims are one event: merge, split, pin."""

from collections.abc import Sequence
from typing import Literal

from starlette.responses import Response

from dateline.desk.call import Call, DeskError, Page, Parameter, see_other
from dateline.desk.deciding import keep, made, told_meanwhile
from dateline.errors import StoreError
from dateline.run.decide import Superseded

_EVENT = Parameter(name="event", words="The id of the event.", place="path")


def _claims(call: Call, names: Sequence[str]) -> dict[str, list[str]]:
    """Return the claims of events by id, in the order named; raises DeskError (404) for one that is not there."""
    with call.desk.events() as events:
        try:
            ids = list(dict.fromkeys(events.named(name) for name in names if name))
        except StoreError as error:
            raise DeskError(str(error), status=404) from None
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
        raise DeskError("name another event to merge with; these are one already")
    return _decide(
        call,
        "merge",
        [claim for claims in held.values() for claim in claims],
        [],
        f"merge {len(held)} events",
    )


def _split(call: Call) -> Response:
    (held,) = _claims(call, [call.path["event"]]).values()
    chosen = list(dict.fromkeys(claim.strip() for claim in call.fields("claim")))
    if not chosen:
        raise DeskError("choose the claims that tell of another event")
    if unknown := [claim for claim in chosen if claim not in held]:
        raise DeskError(f"the event has no claim {unknown[0]!r} any more; open its page again", status=409)
    others = [claim for claim in held if claim not in chosen]
    if not others:
        raise DeskError("choose only those claims that tell of another event: these are all that it has")
    return _decide(call, "split", chosen, others, f"split {len(chosen)} of {len(held)} claims off")


def _pin(call: Call) -> Response:
    (held,) = _claims(call, [call.path["event"]]).values()
    if (seen := call.field("claims")) and seen != str(len(held)):
        raise DeskError(
            f"the event had {seen} claims on your page and has {len(held)} now; look at it again", status=409
        )
    return _decide(call, "pin", held, [], f"pin {len(held)} claims as the event")


PAGES = (
    Page(path="/events/{event}/merge", method="POST", role="coder", handler=_merge, parameters=(_EVENT,),
         words="Decide that the event and those of the fields `with` are one."),
    Page(path="/events/{event}/split", method="POST", role="coder", handler=_split, parameters=(_EVENT,),
         words="Decide that the claims of the fields `claim` tell of another event."),
    Page(path="/events/{event}/pin", method="POST", role="coder", handler=_pin, parameters=(_EVENT,),
         words="Decide that the event is just the claims that it has."),
)  # fmt: skip
