"""The words that the pages show for values of the contract: each is a string of the catalogues."""

from collections.abc import Mapping

from dateline.linking.books import load_books


def N_(words: str) -> str:
    """Mark a string for the catalogues; it is translated where it is shown."""
    return words


WORDS: Mapping[str, Mapping[str, str]] = {
    "family": {
        "battle": N_("battles"),
        "strike": N_("strikes"),
        "civilians": N_("violence against civilians"),
        "force": N_("forces"),
        "harm": N_("harm to property and homes"),
        "unrest": N_("protest and riot"),
        "state": N_("acts and words of states"),
    },
    "type": {
        "battle.clash": N_("clash"), "battle.capture": N_("capture"), "strike.air": N_("air strike"),
        "strike.shelling": N_("shelling"), "strike.explosive": N_("bombing"), "strike.suicide": N_("suicide bombing"),
        "strike.chemical": N_("chemical attack"), "strike.other": N_("other strike"),
        "civilians.attack": N_("attack on civilians"), "civilians.abduction": N_("abduction"),
        "civilians.sexual": N_("sexual violence"), "civilians.toll": N_("deaths and injuries"),
        "force.movement": N_("movement of forces"), "force.surrender": N_("surrender"),
        "force.loss": N_("losses of forces"), "force.siege": N_("siege"), "force.fortify": N_("fortification"),
        "harm.property": N_("damage to property"), "harm.displacement": N_("displacement"),
        "unrest.protest": N_("protest"), "unrest.riot": N_("riot"), "state.threat": N_("threat"),
        "state.accuse": N_("accusation"), "state.demand": N_("demand"), "state.negotiate": N_("talks"),
        "state.agree": N_("agreement"), "state.sanction": N_("sanctions"), "state.aid": N_("aid"),
        "state.arrest": N_("arrest"), "state.mobilise": N_("mobilisation"), "state.statement": N_("statement"),
    },
    "certainty": {"certain": N_("certain"), "hedged": N_("hedged"), "disputed": N_("disputed")},
    "reality": {
        "happened": N_("happened"), "ongoing": N_("going on"), "intended": N_("intended, not happened"),
        "threatened": N_("threatened, not happened"), "hypothetical": N_("hypothetical, not happened"),
        "background": N_("background"),
    },
    "polarity": {"positive": N_("said to have happened"), "negative": N_("said not to have happened")},
    "state": {
        "unreviewed": N_("not reviewed"), "accepted": N_("accepted"), "rejected": N_("rejected"),
        "corrected": N_("corrected"), "unsure": N_("unsure"),
    },
    "decision": {
        "accept": N_("accepted"), "reject": N_("rejected"), "correct": N_("corrected"), "unsure": N_("unsure"),
        "note": N_("noted"), "merge": N_("merged"), "split": N_("split"), "pin": N_("pinned"), "undo": N_("undone"),
    },
    "measure": {
        "killed": N_("killed"), "wounded": N_("wounded"), "captured": N_("captured"), "missing": N_("missing"),
        "displaced": N_("displaced"), "destroyed": N_("destroyed"), "damaged": N_("damaged"),
        "abandoned": N_("abandoned"),
    },
    "of": {"people": N_("people"), "civilians": N_("civilians"), "combatants": N_("combatants")},
    "rule": {"ucdp": N_("UCDP's rule"), "conservative": N_("the most conservative rule")},
    "contradiction": {
        "figures": N_("figures that cannot both be true"), "actor": N_("who did it is disputed"),
        "denied": N_("denied"), "place": N_("places apart"), "date": N_("days apart"),
    },
    "stance": {
        "says": N_("says so"), "denies": N_("denies it"), "both": N_("says and denies it"),
        "foresees": N_("only foresees it"),
    },
    "origin": {
        "source": N_("somebody who said it"), "agency": N_("a news agency"), "outlet": N_("an outlet itself"),
    },
    "sort": {
        "reports": N_("most reports first"), "newest": N_("newest first"), "oldest": N_("oldest first"),
        "killed": N_("most dead first"), "origins": N_("most independent origins first"),
    },
    "field": {
        "type": N_("What happened"), "place": N_("Where"), "day": N_("When"), "actor": N_("Who did it"),
        "target": N_("Whom it befell"), "instrument": N_("By what means"), "killed": N_("Killed"),
        "wounded": N_("Wounded"), "captured": N_("Captured"), "missing": N_("Missing"), "displaced": N_("Displaced"),
        "destroyed": N_("Destroyed"), "damaged": N_("Damaged"), "losses": N_("Equipment lost"),
        "certainty": N_("How surely it is told"), "reality": N_("Whether it happened"),
        "polarity": N_("Said or denied"), "country": N_("Country"), "time": N_("When"), "actors": N_("Who did it"),
        "targets": N_("Whom it befell"), "instruments": N_("By what means"), "figures": N_("Figures"),
        "hedges": N_("Hedges"), "attribution": N_("Who says it"), "trigger": N_("Word that tells it"),
        "evidence": N_("Words it was read from"), "tellings": N_("Told again"),
    },
    "told": {"certain": N_("told as certain"), "hedged": N_("hedged"), "disputed": N_("told with doubt")},
    "standing": {
        "counts": N_("counts"), "superseded": N_("superseded"), "repeated": N_("repeated"), "part": N_("a part"),
        "unnumbered": N_("no number"), "wider": N_("wider"), "hedged": N_("hedged"), "disputed": N_("doubted"),
        "denied": N_("denied"), "unreal": N_("not happened"), "rejected": N_("rejected"),
    },
    "speaker": {
        "named_person": N_("a person named"), "named_organization": N_("a body named"), "unnamed": N_("not named"),
        "document": N_("a document"), "reporter": N_("a reporter"),
    },
    "basis": {
        "given": N_("as given"), "metadata": N_("from the metadata"), "text": N_("from the text"),
        "as_of": N_("assumed"), "stated": N_("stated"), "relative": N_("from a relative date"),
    },
    "precision": {
        "day": N_("to the day"), "part_of_day": N_("to the part of the day"), "week": N_("to the week"),
        "month": N_("to the month"), "season": N_("to the season"), "year": N_("to the year"),
        "range": N_("as a span of days"),
    },
    "done": {
        "accept": N_("accepted a claim"), "reject": N_("rejected a claim"), "correct": N_("corrected a claim"),
        "unsure": N_("was unsure of a claim"), "note": N_("noted"), "merge": N_("joined claims"),
        "split": N_("parted claims"), "pin": N_("fixed the claims"), "undo": N_("took a decision back"),
    },
    "change": {"added": N_("added"), "gone": N_("gone"), "changed": N_("changed")},
    "role": {"reader": N_("reader"), "coder": N_("coder"), "lead": N_("lead")},
}  # fmt: skip


def word(value: str | None, kind: str) -> str:
    """Return the English string that stands for a value of a kind; the value itself where none does."""
    return WORDS[kind].get(value or "", value or "")


def side_name(side: str) -> str:
    """Return the name of a side of the codebook; its id if the codebook has none."""
    actor = load_books().actors.actors.get(side)
    return actor.name if actor else side
