"""Comparing what sources say of one event: counts, ranges by named rules, growing tolls, contradictions."""

from dateline.linking.counts import counts
from dateline.linking.disputes import contradictions
from dateline.linking.ranges import ranges
from dateline.linking.series import growing

__all__ = ["contradictions", "counts", "growing", "ranges"]
