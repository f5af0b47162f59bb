"""A check of a long journey with long labels in every lane, measured in journeys made by dice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from strategies import log_from

from cjmine.ideal.compiled import compile_ideal
from cjmine.ideal.file import parse_journey
from cjmine.results.check import Check
from cjmine.verbs.check import check
from cjmine.verbs.settings import CheckSettings

WORDS = (
    "arbeidsongeschiktheidspensioen", "aanvraag", "DigiD", "verklaring", "ontvangen", "van",
    "partner", "per", "e-mail", "bevestiging", "UWV", "medische", "gegevens", "besluit",
    "rekeningnummerwijziging", "op", "telefoon", "ingediend",
)  # fmt: skip
EXTRA = (
    "Telefoongesprek: waar blijft mijn besluit over de uitkering", "FAQ",
    "Klacht over de doorlooptijd van de arbeidsongeschiktheidskeuring", "Chat",
)  # fmt: skip


def label(dice: np.random.Generator, length: int) -> str:
    """Words up to so many letters; the first stands cut where it is longer."""
    made = str(dice.choice(WORDS))[:length]
    while True:
        longer = f"{made} {dice.choice(WORDS)}"
        if len(longer) > length:
            return made
        made = longer


def long_journey(steps: int, seed: int, journeys: int = 250) -> Check:
    """A check of so many steps, in stages, with each kind of part and every lane filled."""
    dice = np.random.default_rng(seed)
    names = [f"{label(dice, int(dice.integers(3, 58)))} {n}"[:60] for n in range(steps)]
    stages = [names[at : at + 6] for at in range(0, steps, 6)]
    text = "".join(
        f"  - stage: {label(dice, 40)} {number}\n    steps: [{', '.join(_parts(part, dice))}]\n"
        for number, part in enumerate(stages)
    )
    goal = names[-1]
    ideal = f'journey: reis\ngoal: "{goal}"\ndeadline: 30d\nstages:\n{text}'
    ideal += f'allow: [NPS]\nunexpected:\n  - {{touchpoint: "{EXTRA[0]}", expect: "<= 1%"}}\n'
    return check(
        _log(names, dice, journeys),
        compile_ideal(parse_journey(ideal, "reis.yaml")),
        CheckSettings(min_group=1),
    ).checked


def _parts(names: Sequence[str], dice: np.random.Generator) -> list[str]:
    """Steps as they come, in brackets now and then."""
    quoted = [f'"{name}"' for name in names]
    if len(quoted) < 4:
        return quoted
    late = (
        f"{{step: {quoted[0]}, channel: mail, moment-of-truth: true, within: {{min: 1m, max: 26h}},"
        ' expect: {late: "<= 1%", drop-off: "<= 1%", repeated: "<= 1%"}}'
    )
    kind = str(dice.choice(["choice", "any-order", "optional", "repeat"]))
    inner = f"[{quoted[1]}, {quoted[2]}]"
    part = f"{{{kind}: {inner}, max: 12}}" if kind == "repeat" else f"{{{kind}: {inner}}}"
    return [late, part, *quoted[3:]]


def _log(names: Sequence[str], dice: np.random.Generator, journeys: int):
    rows, channels = [], []
    for customer in range(journeys):
        time = int(dice.integers(0, 86_400 * 90))
        for name in names:
            for one in _met(name, dice):
                rows.append((f"c{customer}", one, time))
                channels.append(
                    str(dice.choice(["webportaal", "mail", "telefoon", "balie", "app"]))
                )
                time += int(dice.exponential(30_000))
            if dice.random() < 0.03:
                break
    return log_from(rows, channels)


def _met(name: str, dice: np.random.Generator) -> list[str]:
    """What a journey shows of a step: it, nothing, it twice, something undeclared behind it."""
    met = [] if dice.random() < 0.08 else [name]
    if dice.random() < 0.1:
        met.append(name)
    if dice.random() < 0.15:
        met.append(str(dice.choice(EXTRA)))
    return met
