"""Which trace a variant of `discover` is, by its number there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from cjmine.analysis.measured_part import MeasuredPart, Measuring, measured_part
from cjmine.analysis.variant_counts import VariantCounts, count_variants, merge_variants
from cjmine.counting.rounds import Rounds
from cjmine.counting.split import Split
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.refusals import refuse_small_result
from cjmine.disclosure.variants import variant_rows
from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.eventlog.parts import Log


@dataclass(frozen=True, slots=True)
class AskVariants:
    """The question for variants: of how many customers a group keeps all."""

    most: int


@dataclass(frozen=True, slots=True)
class PartVariants:
    """The variants of a part, and its customers."""

    variants: VariantCounts
    customers: int


def variants_of_part(part: MeasuredPart, asked: AskVariants) -> PartVariants:
    """The variants of the journeys that a part counts."""
    return PartVariants(count_variants(part, asked.most), part.journeys.customers)


def trace_of(
    log: Log, number: int, asked: Measuring, policy: Policy, split: Split
) -> tuple[str, ...]:
    """The activities of a variant; 1 is the first that `discover` lists of the same journeys.

    Raises UsageError U101 where there is no such variant, or it is rare ones folded together;
    PrivacyError P103 where the journeys are of fewer customers than may be shown.
    """
    most = max(policy.min_group, 1)
    with Rounds(log, measured_part, asked, split) as rounds:
        parts = rounds.ask(variants_of_part, AskVariants(most), PartVariants)
    customers = [part.customers for part in parts]
    refuse_small_result(sum(customers), policy, is_chosen=bool(asked.filters.said))
    before = list(accumulate(customers[:-1], initial=0))
    found = merge_variants([part.variants for part in parts], before, most)
    rows = variant_rows(found, number, policy.min_group).rows
    if number > len(rows):
        raise _no_variant(f"there is no variant {number}", f"there are {len(rows)}")
    chosen = rows[number - 1]
    if chosen.folded:
        raise _no_variant(
            f"variant {number} is several",
            "journeys of fewer customers are shown together there",
        )
    return chosen.activities


def _no_variant(message: str, cause: str) -> UsageError:
    return UsageError(
        Problem(
            Code.USAGE,
            message,
            Place("--variant"),
            cause=cause,
            remedy="cjmine discover --top all lists them with their numbers",
        )
    )
