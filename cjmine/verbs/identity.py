"""Identity: how identifiers become customers, and what each rule of linking does."""

from __future__ import annotations

import numpy as np

from cjmine.analysis.identity import identity_of
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.refusals import refuse_small_result
from cjmine.disclosure.shown import shown
from cjmine.ingest.gather import decide, read_all
from cjmine.ingest.inputs import Inputs
from cjmine.ingest.linking import export_evidence, nodes
from cjmine.ingest.reject_budget import RejectBudget
from cjmine.loaders.batch import CUSTOMER, TIME
from cjmine.privacy.pseudonyms import Key
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.results.identity import IdentityReport


def identity_report(
    inputs: Inputs,
    key: Key,
    budget: RejectBudget,
    policy: Policy,
    progress: Progress = no_progress,
) -> IdentityReport:
    """What linking does to the events of these sources, as far as it may be shown.

    Raises what `load` raises, and PrivacyError P103 for too few customers.
    """
    gathered = read_all(inputs, key, budget, zone_required=False, progress=progress)
    decide(gathered)
    progress(ProgressEvent(Phase.LINK))
    reads = gathered.reads
    exported = export_evidence(inputs, gathered.table, reads)
    names = list(dict.fromkeys(one.source.name for one in inputs.sources))
    codes = np.concatenate(
        [np.zeros(0, np.int32), *(c for one in reads for c in one.column(CUSTOMER))]
    )
    times = np.concatenate([np.zeros(0, np.int64), *(t for one in reads for t in one.column(TIME))])
    sources = np.repeat(
        np.array([names.index(one.source.name) for one in inputs.sources], np.int32),
        [read.events for read in reads],
    )
    what = nodes(inputs, gathered.table, ranked=bool(exported))
    found = identity_of(
        [*gathered.stated.evidence, *exported],
        what,
        codes,
        times,
        sources,
        gathered.stated.known(what.count),
        inputs.identity.hubs,
        inputs.identity.backward,
    )
    refuse_small_result(found.customers or 0, policy)
    return shown(found, policy)
