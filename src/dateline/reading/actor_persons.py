"""Drafts of persons by name: names that the codebook does not know, and misspelt ones that it does."""

from dateline.codebook.actors import Actor, demonym_side, slips, word_key
from dateline.reading.actor_drafts import Draft, Mark, Notes, noun_of, settled_side, whose_role
from dateline.reading.tokens import Token

PARTICLES = frozenset("al el bin ibn ben de del la von van der den abu umm dos da di".split())


def person_drafts(notes: Notes) -> None:
    """Add a draft for each run of capitalised words that names a person, or that speaks like one."""
    tokens = notes.parse.tokens
    place = 0
    while place < len(tokens):
        run = _run(place, notes)
        if run:
            _person(run, notes)
            place = run[-1].i + 1
        else:
            place += 1
    for draft in [notes.drafts[place] for place in sorted(notes.drafts)]:
        if draft.kind == "person" and draft.names:
            _describe(draft, notes)
            _entitle(draft, notes)


def _run(start: int, notes: Notes) -> list[Token]:
    """Return the run of name-like words that begins at a token: capitalised proper nouns of one sentence."""
    tokens = notes.parse.tokens
    run: list[Token] = []
    place = start
    while place < len(tokens) and (not run or tokens[place].sent == run[0].sent):
        token = tokens[place]
        if place in notes.marked or place in notes.drafts:
            break
        if (
            (token.text in ("-", "‑") and run and place + 1 < len(tokens) and _proper(tokens[place + 1]))
            or _proper(token)
            or (run and token.lower in PARTICLES)
        ):
            run.append(token)
        else:
            break
        place += 1
    while run and (run[-1].text in ("-", "‑") or not _proper(run[-1])):
        run.pop()
    titles = notes.book.words["titles"]
    while (
        run
        and word_key(run[0].text) in titles
        and (len(run) == 1 or word_key(run[0].text) not in notes.book.given)
    ):
        run = run[1:]
    return run


def _proper(token: Token) -> bool:
    return token.pos == "PROPN" and token.true[:1].isupper() and token.text[:1].isalpha() and token.i >= 0


def _person(run: list[Token], notes: Notes) -> None:
    book, head = notes.book, _outer(run)
    keys = tuple(key for token in run if (key := word_key(token.text)))
    given = keys[0] in book.given and len(keys) > 1
    located = any(token.i in notes.placed and notes.placed[token.i].use != "other" for token in run)
    if located and not given and not (_speaks(head, notes) and run[0].ent == "PERSON"):
        return
    actor, title = _known(keys, notes), _title(run, notes)
    person = actor is not None or bool(title) or given
    if head.dep == "pobj" and head.head.lower in book.words["locative"] and not person:
        return
    beside = _speaks(head, notes) or _apposed(head, notes)
    person = person or (all(token.ent == "PERSON" for token in run) and (len(keys) > 1 or beside))
    if not person and not _speaks(head, notes) and not (beside and len(keys) > 1):
        return
    known = keys[-1] in notes.surnames
    called = keys[0] in book.given
    body = not person and not known and not called and run[-1].ent in ("ORG", "NORP", "FAC", "PRODUCT")
    if person and not body:
        notes.surnames.add(keys[-1])
    quote = notes.parse.span(run[0].i, run[-1].i).quote
    notes.drafts[head.i] = Draft(
        first=run[0].i, last=run[-1].i, head=head, kind="organization" if body else "person",
        sense="institution" if body else "person", actor=actor, name=actor.name if actor else quote,
        side=actor.side if actor else None, names=() if body else keys,
        gender=actor.gender if actor else _gender(keys, title, notes),
    )  # fmt: skip


def _gender(keys: tuple[str, ...], title: str, notes: Notes) -> str:
    if title in ("mrs", "ms", "miss"):
        return "f"
    if title in ("mr", "sir"):
        return "m"
    if len(keys) == 1:
        return ""
    # Slavic surnames tell the sex: feminine -ova, -eva, -skaya.
    return notes.book.given.get(keys[0], "") or ("f" if keys[-1].endswith(("ova", "eva", "skaya")) else "")


def _outer(run: list[Token]) -> Token:
    inside = {token.i for token in run}
    for token in reversed(run):
        if token.is_root or token.head.i not in inside:
            return token
    return run[-1]


def _title(run: list[Token], notes: Notes) -> str:
    first = run[0].i
    if first == 0:
        return ""
    before = notes.parse.tokens[first - 1]
    key = word_key(before.text)
    return (
        key
        if before.sent == run[0].sent and key in notes.book.words["titles"] and before.text[:1].isupper()
        else ""
    )


def _speaks(head: Token, notes: Notes) -> bool:
    return head.dep == "nsubj" and head.head.lemma in notes.book.words["speech"]


def _apposed(head: Token, notes: Notes) -> bool:
    """Say whether a noun beside a name describes a person: "X, the mayor of Y", "military expert X"."""
    for child in head.children:
        if child.dep in ("appos", "compound", "nmod", "amod"):
            noun = noun_of(child, notes.book)
            if noun is not None and noun.kind in ("person", "civilians", "force"):
                return True
    if head.dep == "appos":
        noun = noun_of(head.head, notes.book)
        return noun is not None and noun.kind in ("person", "civilians")
    return False


def _known(keys: tuple[str, ...], notes: Notes) -> Actor | None:
    """Return the person whom a misspelt name means: surname and given name within a slip or two."""
    book = notes.book
    surname = keys[-1]
    exact = book.surnames.get(surname, ())
    if len(keys) == 1:
        near = () if exact or surname in book.nouns else book.near_surname(surname)
        return near[0] if len(near) == 1 else None
    for actor in exact or book.near_surname(surname):
        if any(
            name.actor is actor and name.words[-1] in book.surnames for name in book.names.get(keys[0], ())
        ):
            return actor
        given = word_key(actor.name.split()[0])
        if len(given) >= 5 and slips(given, keys[0]) <= (2 if exact else 1):
            return actor
    return None


def settle_names(notes: Notes) -> None:
    """Take a surname's given name into its mark, and drop marks that are but a part of another name.

    "Barak" in "Barak Ravid" is not Ehud Barak, "The National" in "the National Museum" is no newspaper.
    """
    longer = _longer_names(notes)
    for mark in list(notes.marks):
        if (
            mark.name.use != "name"
            or mark.name.actor.kind not in ("person", "media")
            or len(mark.name.words) > 1
        ):
            continue
        before, after = _beside(mark, -1, notes), _beside(mark, 1, notes)
        if mark.name.actor.kind == "person" and before and not after:
            keys = tuple(word_key(token.text) for token in (*before, mark.head))
            if _known(keys, notes) is mark.name.actor:
                mark.first = before[0].i
                notes.marked.update((token.i, mark) for token in before)
                continue
        other = mark.name.actor.kind == "person" and _someone_else(mark, longer, notes)
        if after or other or (before and mark.name.actor.kind == "person"):
            for place in range(mark.first, mark.last + 1):
                del notes.marked[place]
    notes.marks = [mark for mark in notes.marks if notes.marked.get(mark.last) is mark]


def _longer_names(notes: Notes) -> dict[str, set[str]]:
    """Return, by each word of a name that is some known person's surname, whose longer names the text has."""
    tokens = notes.parse.tokens
    found: dict[str, set[str]] = {}
    for mark in notes.marks:
        if mark.name.actor.kind == "person" and len(mark.name.words) > 1:
            for key in mark.name.words:
                found.setdefault(key, set()).add(mark.name.actor.id)
    for mark in notes.marks:
        if mark.name.actor.kind != "person" or len(mark.name.words) > 1:
            continue
        before, after = _beside(mark, -1, notes), _beside(mark, 1, notes)
        keys = tuple(word_key(token.text) for token in (*before, *tokens[mark.first : mark.last + 1], *after))
        if len(keys) > 1:
            actor = _known(keys, notes) if not after else None
            found.setdefault(mark.name.words[0], set()).add(actor.id if actor is not None else "")
    return found


def _someone_else(mark: Mark, longer: dict[str, set[str]], notes: Notes) -> bool:
    """Say whether a surname alone is another's: the text has another's longer name, or title or land differ."""
    actor = mark.name.actor
    named = longer.get(mark.name.words[0], set())
    if actor.id in named:
        return False
    if named:
        return True
    tokens = notes.parse.tokens
    sides: set[str] = set()
    ranked = False
    for place in range(mark.first - 1, max(mark.first - 6, 0) - 1, -1):
        token = tokens[place]
        if token.sent != mark.head.sent or token.pos not in ("ADJ", "NOUN", "PROPN", "PART"):
            break
        ranked = ranked or word_key(token.text) in notes.book.words["ranks"]
        side = demonym_side(notes.book, token)
        if side is not None:
            sides.add(side)
    served = {actor.side, *(office.side for office in actor.offices)}
    if sides and not sides & served:
        return True
    return ranked and not served & notes.told


def _beside(mark: Mark, step: int, notes: Notes) -> list[Token]:
    """Return the name-like words right before (-1) or after (1) a mark, of one noun phrase with it."""
    tokens = notes.parse.tokens
    place = mark.first - 1 if step < 0 else mark.last + 1
    found: list[Token] = []
    while 0 <= place < len(tokens) and place not in notes.marked and len(found) < 4:
        token = tokens[place]
        if not _proper(token) or token.sent != mark.head.sent:
            break
        key = word_key(token.text)
        if key in notes.book.words["titles"] or (step < 0 and key in notes.book.nouns):
            break
        joined = token.head is mark.head or mark.head.head is token or token.head is mark.head.head
        if not joined or (step > 0 and token.lower in notes.book.nouns):
            break
        found.append(token)
        place += step
    return found[::step]


def _entitle(draft: Draft, notes: Notes) -> None:
    """Take the title before a name into the mention: "Gen", "President"."""
    tokens, titles = notes.parse.tokens, notes.book.words["titles"]
    while draft.first > 0:
        before = tokens[draft.first - 1]
        if before.sent != draft.head.sent or before.i in notes.marked or not before.text[:1].isupper():
            return
        if word_key(before.text) not in titles:
            return
        draft.first -= 1
        notes.drafts.pop(draft.first, None)


def _describe(draft: Draft, notes: Notes) -> None:
    """Note the roles that stand beside a person's name, and the side they tell."""
    head = draft.head
    beside: list[Token] = [
        child
        for child in head.children
        if child.i < head.i and child.dep in ("compound", "nmod", "amod", "poss")
    ]
    for child in beside:
        whose_role(child, draft, notes, child.i)
    for child in head.children:
        if child.dep == "appos" and child.i > head.i:
            whose_role(child, draft, notes, child.i)
    if head.dep == "appos":
        role = head.head
        if role.dep == "pobj" and role.head.dep == "prep":
            # "a spokesman for the group, X": the parser ties the name to the nearest noun.
            above = notes.drafts.get(role.head.head.i)
            role = (
                role.head.head if above is not None and above.kind == "person" and not above.names else role
            )
        whose_role(role, draft, notes, role.i)
    if draft.side is None and draft.roles:
        for place in range(draft.first - 1, max(head.left, draft.first - 8) - 1, -1):
            mark = notes.marked.get(place)
            mention = notes.placed.get(place)
            if mark is not None and mark.name.actor.side:
                draft.side = mark.name.actor.side
                break
            if mention is not None and mention.place.country:
                draft.side = mention.place.country
                break
    if draft.roles & {"civilian", "rescue", "media"}:
        draft.side = settled_side("civilians", "civilian", draft.side) if draft.actor is None else draft.side
