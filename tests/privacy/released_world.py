"""Random logs with a simple journey of six steps, and what `check` and `discover` print of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import cjmine as cj

STEPS = ("Visit", "Quote", "Apply", "Identify", "Sign", "Start")
EXIT = "Cancel"
EXTRAS = ("Call", "Complain", "Chat")
DAY = 86_400
JOURNEY = f"""\
journey: random
goal: {STEPS[-1]}
exits: [{EXIT}]
deadline: 10d
stages:
  - stage: All
    steps: [{", ".join(STEPS)}]
"""

Report = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Printed:
    """One check and one discovery of the same log, as JSON."""

    check: Report
    discovery: Report


def random_events(seed: int) -> pd.DataFrame:
    """Journeys along six steps: most go on, some leave, a few skip, repeat or meet something else."""
    dice = np.random.default_rng(seed)
    go_on = dice.uniform(0.75, 0.97, len(STEPS))
    skip, again, extra = dice.uniform(0.005, 0.08, 3)
    rows: list[tuple[str, str, int]] = []
    for customer in range(int(dice.integers(60, 400))):
        time = int(dice.integers(0, 30 * DAY))
        for number, step in enumerate(STEPS):
            time += int(dice.integers(60, DAY))
            if number and dice.random() < skip:
                continue
            rows.append((f"c{customer:03}", step, time))
            if dice.random() < again:
                rows.append((f"c{customer:03}", step, time + 30))
            if dice.random() < extra:
                name = str(dice.choice(EXTRAS, p=(0.7, 0.2, 0.1)))
                rows.append((f"c{customer:03}", name, time + 40))
            if dice.random() > go_on[number]:
                if dice.random() < 0.15:
                    rows.append((f"c{customer:03}", EXIT, time + 50))
                break
    frame = pd.DataFrame(rows, columns=["customer", "activity", "seconds"])
    frame["time"] = pd.to_datetime(frame.pop("seconds"), unit="s", utc=True)
    return frame


def printed(events: pd.DataFrame, folder: Path, min_group: int = 10, **more: Any) -> Printed:
    """What one check and one discovery of some events print as JSON; `more` goes to both verbs."""
    file = folder / "journey.yaml"
    file.write_text(JOURNEY, "utf-8")
    log = cj.from_frame(events, customer="customer", activity="activity", timestamp="time")
    return Printed(
        log.check(file, min_group=min_group, **more).to_dict(),
        log.discover(goal=STEPS[-1], deadline="10d", min_group=min_group, **more).to_dict(),
    )
