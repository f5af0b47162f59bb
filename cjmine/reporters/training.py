"""How good a trained classifier is, as text."""

from __future__ import annotations

from cjmine.reporters.escaping import padded, visible
from cjmine.results.share import percent
from cjmine.results.training import Training

_CONFUSIONS_SHOWN = 15


def render(found: Training) -> str:
    """Precision and recall of each label, and which labels are taken for which."""
    sure = found.texts - found.unsure
    lines = [
        f"learnt from {found.learnt:,} texts, measured on {found.texts:,} others",
        f"  best guess right   {found.right:>8,} of {found.texts:,}"
        f"{_share(found.right, found.texts)}",
        f"  unsure             {found.unsure:>8,} of {found.texts:,}"
        f"{_share(found.unsure, found.texts)}  (confidence under {found.below:g})",
        f"  right when sure    {found.right_when_sure:>8,} of {sure:,}"
        f"{_share(found.right_when_sure, sure)}",
        "",
        f"  {'label':<44}{'precision':>22}{'recall':>22}",
    ]
    for one in found.labels:
        precision = f"{one.right:,} of {one.given:,}{_share(one.right, one.given)}"
        recall = f"{one.right:,} of {one.held_out:,}{_share(one.right, one.held_out)}"
        lines.append(f"  {padded(one.label, 44)}{precision:>22}{recall:>22}")
    if found.confusions:
        lines += ["", f"  {'taken for one another':<44}{'as':<36}{'texts':>8}"]
        lines += [
            f"  {padded(one.label, 44)}{padded(one.taken_for, 36)}{one.texts:>8,}"
            for one in found.confusions[:_CONFUSIONS_SHOWN]
        ]
    lines += [
        "",
        "precision: of the texts that got the label. recall: of the texts that have it; an unsure",
        "text counts as not found.",
    ]
    return "\n".join(map(visible, lines)) + "\n"


def _share(part: int, whole: int) -> str:
    return f" {percent(part, whole):>7}"
