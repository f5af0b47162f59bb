"""The stages of a drafted journey, as touchpoint rules name them."""

from __future__ import annotations

from dataclasses import replace

from cjmine.analysis.draft import DEFAULT_STAGE, Draft
from cjmine.ideal.journey import Stage
from cjmine.ideal.nodes import Node, steps_of
from cjmine.sources import TouchpointRule, stage_named


def in_stages(draft: Draft, rules: tuple[TouchpointRule, ...]) -> Draft:
    """The draft in the stages of the rules, in the order in which its steps first come to them.

    The order of the steps stays. A step without a stage joins the stage before it; so does one
    whose stage has ended already, since a stage occurs once in a journey. Steps before any stage
    are in the stage "Journey", and so are all of them where the rules name none.
    """
    groups: dict[str, list[Node]] = {}
    last = DEFAULT_STAGE
    for node in draft.journey.root.nodes:
        named = (stage_named(rules, step.name) for step in steps_of(node))
        stage = next((one for one in named if one is not None), None)
        if stage is not None and stage not in groups:
            last = stage
        groups.setdefault(last, []).append(node)
    stages = tuple(Stage(name, tuple(nodes)) for name, nodes in groups.items())
    evidence = tuple(replace(one, stage=stage_named(rules, one.activity)) for one in draft.evidence)
    return replace(draft, journey=replace(draft.journey, stages=stages), evidence=evidence)
