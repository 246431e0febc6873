"""From a form to a decision that is kept: who, what was on the screen, and what to do when others were quicker."""

import json
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from dateline.desk.call import Call, DeskError, respond
from dateline.desk.words import N_
from dateline.errors import StoreError
from dateline.model.ids import content_id
from dateline.model.reading import Claim
from dateline.model.review import Review, ReviewKind
from dateline.run.decide import Decided, Superseded, decide
from dateline.run.decisions import Decisions
from dateline.wire import claim_to_json

_LONGEST_WHY, _LONGEST_KEY, _MOST_SEEN = 4_000, 80, 20_000
# Events that are summed up before a decision is answered; more are left to the keeper.
_MOST_AT_ONCE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanwhilePage:
    """Both sides of a decision that others were quicker than: nothing of it was kept.

    `mine` is what the person wanted to decide, in words, and why; `meanwhile` what others decided since the page was
    opened, `gone` how many decisions were taken back. `action` and `fields` send the same again, with the state of now
    seen; `back` is the page to look at first.
    """

    mine: str
    why: str
    meanwhile: tuple[Review, ...]
    gone: int
    action: str
    fields: tuple[tuple[str, str], ...]
    back: str


def new_key() -> str:
    """Return a name for one sending of a form."""
    return secrets.token_urlsafe(12)


def seen_of(
    decisions: Decisions, claims: Iterable[str], shown: Claim | None = None, recipe: str | None = None
) -> str:
    """Return what a page shows of claims, for the field "seen" of its forms (JSON).

    `decisions` are those that the person may see. Of one claim, a digest of the values shown and the recipe of their
    reading too.
    """
    value: dict[str, Any] = {"decisions": [one.id for one in decisions.of_claims(claims)]}
    if shown is not None:
        value["values"] = content_id(claim_to_json(shown))
    if recipe is not None:
        value["recipe"] = recipe
    return json.dumps(value, separators=(",", ":"))


def made(
    call: Call,
    kind: ReviewKind,
    claims: Iterable[str] = (),
    *,
    others: Iterable[str] = (),
    field: str | None = None,
    value: Any = None,
    undoes: str | None = None,
    settles: Iterable[str] = (),
) -> Review:
    """Return the decision of a form; its fields "why", "seen" and "key" are taken from the call."""
    why, key = call.field("why"), call.field("key")
    if len(why) > _LONGEST_WHY:
        raise DeskError(N_("a reason has at most %(longest_why)s characters"), longest_why=_LONGEST_WHY)
    if len(key) > _LONGEST_KEY:
        raise DeskError(N_("the form's key is too long; open the page again"))
    return Review(
        at=datetime.now(UTC), who=call.person.name, kind=kind, claims=tuple(claims), others=tuple(others),
        field=field, value=value, why=why or None, undoes=undoes, seen=_seen(call), key=key or None,
        settles=tuple(settles),
    )  # fmt: skip


def keep(call: Call, review: Review, *, compared: bool = True) -> Decided:
    """Keep a decision and sum up its events, so that the next page shows what it made of them.

    Raises Superseded if what its form says was seen is not what stands, unless not `compared`.
    """
    desk, seen = call.desk, review.seen
    hidden = desk.assignments.hidden(call.person.name, desk.decisions.now())
    decided = decide(
        desk.record,
        review,
        expected=seen["decisions"] if compared and seen is not None else None,
        kit=desk.kit,
        log=desk.decisions,
        hidden=hidden,
    )
    # The decision is kept; where a job writes just now, the keeper of the desk sums up later.
    with suppress(StoreError):
        # Joining anew may change other events than those of its claims.
        desk.refresh(None if decided.joined else decided.events, limit=_MOST_AT_ONCE)
    return decided


def told_meanwhile(call: Call, review: Review, error: Superseded, *, words: str, back: str) -> Response:
    """Answer with the page that shows what others decided meanwhile, and lets the person decide again."""
    assert call.form is not None
    fields = [
        (name, value)
        for name, value in call.form.multi_items()
        if isinstance(value, str) and name not in ("token", "seen", "key")
    ]
    decisions = call.desk.decisions_for(call.person)
    fields += [("seen", seen_of(decisions, (*review.claims, *review.others))), ("key", new_key())]
    page = MeanwhilePage(
        mine=words, why=review.why or "", meanwhile=error.meanwhile, gone=len(error.gone),
        action=call.request.url.path, fields=tuple(fields), back=back,
    )  # fmt: skip
    return respond(call, "review_meanwhile.html", page, status=409)


def _seen(call: Call) -> dict[str, Any] | None:
    """Read what a form says was on the screen; raises DeskError for what no page of the desk sends."""
    given = call.field("seen")
    if not given:
        return None
    try:
        value = json.loads(given)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict) or set(value) - {"decisions", "values", "recipe"}:
        raise DeskError(N_("what the form says was on the screen cannot be read; open the page again"))
    ids = value.get("decisions")
    if not isinstance(ids, list) or len(ids) > _MOST_SEEN or not all(isinstance(one, str) for one in ids):
        raise DeskError(N_("what the form says was on the screen cannot be read; open the page again"))
    texts = {name: str(value[name])[:200] for name in ("values", "recipe") if value.get(name)}
    return {"decisions": [one[:64] for one in ids], **texts}
