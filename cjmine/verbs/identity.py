"""The identity report: how identifiers became customers, and what each rule does."""

from __future__ import annotations

import numpy as np

from cjmine.identity.effect import Identity, identity_of
from cjmine.ingest.inputs import Inputs
from cjmine.ingest.linking import export_evidence, nodes
from cjmine.ingest.load import gather
from cjmine.ingest.reject_budget import RejectBudget
from cjmine.privacy.pseudonyms import Key
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.reporters.escaping import padded, visible
from cjmine.results.share import percent


def identity_report(
    inputs: Inputs,
    key: Key,
    budget: RejectBudget,
    progress: Progress = no_progress,
) -> Identity:
    """What linking does to the events of these sources. Raises what `load` raises."""
    gathered = gather(inputs, key, budget, zone_required=False, progress=progress)
    progress(ProgressEvent(Phase.LINK))
    reads = gathered.reads
    exported = export_evidence(inputs, reads)
    names = list(dict.fromkeys(one.source.name for one in inputs.sources))
    codes = np.concatenate([np.zeros(0, np.int32), *(part for r in reads for part in r.customer)])
    times = np.concatenate([np.zeros(0, np.int64), *(part for r in reads for part in r.time)])
    sources = np.repeat(
        np.array([names.index(one.source.name) for one in inputs.sources], np.int32),
        [read.events for read in reads],
    )
    what = nodes(inputs, gathered.table, ranked=bool(exported))
    return identity_of(
        [*gathered.stated.evidence, *exported],
        what,
        codes,
        times,
        sources,
        gathered.stated.known(what.count),
        inputs.identity.hubs,
        inputs.identity.backward,
    )


def identity_text(found: Identity, inputs: Inputs) -> str:
    """The report as text: totals, the rules, and what was left unlinked on purpose."""
    minutes = inputs.identity.backward // 60_000_000
    lines = [
        f"{found.events:,} events of {found.identifiers:,} identifiers"
        f" become {found.customers:,} customers",
        f"  {'events of identifiers that something links':<44}{found.linked:>9,}"
        f"  {percent(found.linked, found.events)} of events",
        f"  {'customers met in more than one source':<44}{found.across:>9,}",
        "",
    ]
    if found.rules:
        lines.append(
            f"  {'rule':<44}{'pairs':>9}{'events it changes':>26}"
            f"{'customers without':>19}{'of these across':>17}"
        )
        lines += [
            f"  {padded(rule.rule, 44)}{rule.pairs:>9,}{rule.events:>17,}"
            f"{percent(rule.events, found.events):>9}"
            f"{rule.customers_without:>19,}{rule.across_without:>17,}"
            for rule in found.rules
        ]
    else:
        lines.append("  nothing links identifiers: no customer table, no record with two of them")
    lines += [
        "",
        f"  {'left unlinked':<44}{'found':>9}{'events of them':>17}",
        f"  {'hubs: of more than ' + str(inputs.identity.hubs) + ' customers':<44}"
        f"{found.hubs:>9,}{found.in_hubs:>17,}",
        f"  {'clashes: of several customers':<44}{found.clashes:>9,}{found.in_clashes:>17,}",
        f"  {'shared devices: by who was seen last':<44}{found.shared:>9,}{found.on_shared:>17,}",
        "",
        "pairs: identifiers seen together. events it changes: those that would be of another",
        "customer if only this rule were left out; customers without: how many customers there",
        "would then be; of these across: those met in more than one source. An event of a shared",
        f"device before anybody was seen on it is theirs who came within {minutes:,} minutes.",
    ]
    return "\n".join(map(visible, lines)) + "\n"
