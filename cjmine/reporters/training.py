"""How good a trained classifier is, as text."""

from __future__ import annotations

from cjmine.reporters.escaping import padded, visible
from cjmine.reporters.language import Language
from cjmine.results.training import Training

_CONFUSIONS_SHOWN = 15


def render(found: Training, language: Language) -> str:
    """Precision and recall of each label, and which labels are taken for which."""
    say, count = language.say, language.count
    sure = found.texts - found.unsure
    under = say("training.under", limit=language.number(f"{found.below:g}"))
    label, precision, recall = (say(f"training.{one}") for one in ("label", "precision", "recall"))
    lines = [
        say("training.learnt", learnt=count(found.learnt), others=count(found.texts)),
        f"  {say('training.right'):<19}{_of(found.right, found.texts, language, 8)}",
        f"  {say('training.unsure'):<19}{_of(found.unsure, found.texts, language, 8)}  {under}",
        f"  {say('training.sure'):<19}{_of(found.right_when_sure, sure, language, 8)}",
        "",
        f"  {label:<44}{precision:>22}{recall:>22}",
    ]
    for one in found.labels:
        given = _of(one.right, one.given, language)
        held_out = _of(one.right, one.held_out, language)
        lines.append(f"  {padded(one.label, 44)}{given:>22}{held_out:>22}")
    if found.confusions:
        taken, for_, texts = (say(f"training.{one}") for one in ("taken", "taken-for", "texts"))
        lines += ["", f"  {taken:<44}{for_:<36}{texts:>8}"]
        lines += [
            f"  {padded(one.label, 44)}{padded(one.taken_for, 36)}{count(one.texts):>8}"
            for one in found.confusions[:_CONFUSIONS_SHOWN]
        ]
    lines += ["", *say("training.legend").split("\n")]
    return "\n".join(map(visible, lines)) + "\n"


def _of(part: int, whole: int, language: Language, wide: int = 0) -> str:
    counts = language.say(
        "figure.of", n=f"{language.count(part):>{wide}}", of=language.count(whole)
    )
    return f"{counts} {language.share(part, whole):>7}"
