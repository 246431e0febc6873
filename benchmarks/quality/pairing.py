"""Pair claims with gold events one to one, by overlap of their trigger words."""

from collections.abc import Sequence

from benchmarks.quality.gold import Offsets, Record

# Lexicographic preferences in one integer: pair as many as can be paired, a required event before an optional
# one; then those of the same type; then those that share more characters.
PER_PAIR = 10**12
PER_SAME_TYPE = 10**7


def overlap(left: Sequence[Offsets], right: Sequence[Offsets]) -> int:
    """Return the largest number of characters that a span of one side shares with a span of the other."""
    shared = (min(end, stop) - max(start, begin) for start, end in left for begin, stop in right)
    return max(0, *shared, 0)


def same_type(claim: Record, event: Record) -> bool:
    """Tell whether a claim's type is one that holds for the event."""
    return claim.type in event.types


def pair(claims: Sequence[Record], events: Sequence[Record]) -> list[tuple[int, int]]:
    """Return the best one-to-one pairing as (claim index, event index), in order of claims.

    Only what overlaps is paired. The choice is exact, and the same for the same input.
    """
    weights = [[_weight(claim, event) for event in events] for claim in claims]
    if len(claims) <= len(events):
        chosen = list(enumerate(assign(weights)))
    else:
        by_event = [[row[index] for row in weights] for index in range(len(events))]
        chosen = [(claim, event) for event, claim in enumerate(assign(by_event))]
    return sorted((claim, event) for claim, event in chosen if weights[claim][event] > 0)


def _weight(claim: Record, event: Record) -> int:
    shared = overlap(claim.spans, event.spans)
    if shared <= 0:
        return 0
    return PER_PAIR * (1 if event.optional else 2) + PER_SAME_TYPE * same_type(claim, event) + shared


def assign(weights: Sequence[Sequence[int]]) -> list[int]:
    """Return for each row the column that makes the sum of weights largest, each column used once at most.

    Needs no more rows than columns. The Hungarian algorithm with potentials (Kuhn 1955, Munkres 1957),
    O(rows² · columns), on integers, so exact.
    """
    rows = len(weights)
    columns = len(weights[0]) if rows else 0
    far = 1 + 2 * sum(max(row) for row in weights)
    row_potential = [0] * (rows + 1)
    column_potential = [0] * (columns + 1)
    owner = [0] * (
        columns + 1
    )  # the row (from 1) that holds each column; column 0 holds the row being placed
    for row in range(1, rows + 1):
        owner[0] = row
        column = 0
        slack = [far] * (columns + 1)
        came_from = [0] * (columns + 1)
        done = [False] * (columns + 1)
        while owner[column]:
            done[column] = True
            current = owner[column]
            for other in range(1, columns + 1):
                cost = -weights[current - 1][other - 1] - row_potential[current] - column_potential[other]
                if not done[other] and cost < slack[other]:
                    slack[other] = cost
                    came_from[other] = column
            following = min((c for c in range(1, columns + 1) if not done[c]), key=slack.__getitem__)
            step = slack[following]
            for other in range(columns + 1):
                if done[other]:
                    row_potential[owner[other]] += step
                    column_potential[other] -= step
                else:
                    slack[other] -= step
            column = following
        while column:
            owner[column] = owner[came_from[column]]
            column = came_from[column]
    held = {owner[column]: column - 1 for column in range(1, columns + 1) if owner[column]}
    return [held[row] for row in range(1, rows + 1)]
