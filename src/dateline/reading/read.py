"""The reading of one report, on one page: each step says what it needs and what it adds."""

from dateline.model.reading import Mention, Problem, Reading
from dateline.model.text import Report
from dateline.reading.actors import find_actors
from dateline.reading.attribution import find_attributions
from dateline.reading.attribution_meeting import carries_claims, meet
from dateline.reading.claims import find_claims
from dateline.reading.factuality import grades_in
from dateline.reading.figures import find_figures
from dateline.reading.instruments import find_instruments
from dateline.reading.kit import Kit
from dateline.reading.ledger import mentions_of
from dateline.reading.losses import find_losses
from dateline.reading.parse import parse
from dateline.reading.places import find_places
from dateline.reading.quantities import find_quantities
from dateline.reading.scene import Found, Scene
from dateline.reading.segment import TEXT_KINDS, segment
from dateline.reading.sources import name_sources
from dateline.reading.times import find_times


def read_report(report: Report, kit: Kit) -> Reading:
    """Read one report: a pure function of the report and the kit."""
    # text -> paragraphs, headline, notices, quotations
    layout = segment(report)
    # layout -> tokens, sentences, dependencies
    parsed = parse(layout)
    # tokens, publication date -> time expressions as intervals
    times = find_times(parsed, layout, report.published, kit.wars)
    # tokens, gazetteer -> toponyms resolved to points and areas
    places = find_places(parsed, layout, kit.places, publisher=report.publisher)
    # tokens, places, codebook -> persons, organisations, forces, civilians, with their sides
    actors = find_actors(
        parsed, layout, places, kit.actors, publisher=report.publisher, published=report.published
    )
    # tokens -> counts; counts -> figures of people and losses of equipment; names of weapons
    quantities = find_quantities(parsed, kit.quantities)
    figures = find_figures(parsed, quantities, kit.quantities)
    losses = find_losses(parsed, quantities, kit.quantities)
    instruments = find_instruments(parsed, kit.quantities)
    # tokens, quotations, actors -> who says what
    attributions = find_attributions(parsed, layout, actors, kit.cues)
    heard: dict[int, float] = {}
    encoded = None
    if kit.encoder is not None:
        # text -> the encoder's own reading of who says what, joined with the rules'
        parts = ((part.start, part.end) for part in layout.paragraphs if part.kind in TEXT_KINDS)
        encoded = kit.encoder.read(layout.text, parts)
        heard = grades_in(encoded)
        attributions = meet(attributions, encoded, parsed, layout, actors, kit.cues, kit.cue_words)
    attributions = name_sources(attributions, parsed, actors)
    statements = tuple(mention for mention in attributions if carries_claims(mention, parsed, kit.cues))
    found = Found(
        times=times, places=places, actors=actors, figures=figures, losses=losses, instruments=instruments,
        attributions=statements,
    )  # fmt: skip
    # all of these -> events with types, roles, reality, certainty; joined into claims
    scene = Scene(
        report=report, layout=layout, parse=parsed, found=found, kit=kit, heard=heard, encoded=encoded
    )
    claims, problems = find_claims(scene)
    mentions: tuple[Mention, ...] = mentions_of(scene, quantities)
    return Reading(
        report=report, recipe=kit.recipe, claims=claims,
        attributions=tuple(mention.attribution for mention in attributions), mentions=mentions,
        problems=_of_report(report) + problems,
    )  # fmt: skip


def _of_report(report: Report) -> tuple[Problem, ...]:
    if report.published is not None:
        return ()
    message = "no publication date is known: relative times stay open; give one with --published"
    return (Problem(code="no-publication-date", message=message, field="published"),)
