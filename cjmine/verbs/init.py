"""Init: exports in; a configuration, touchpoint rules, a journey file and a CI job out."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from cjmine.analysis.proposal.ways import met_by
from cjmine.errors import CjmineError
from cjmine.eventlog.journeys import cut, without_surveys
from cjmine.eventlog.log import EventLog
from cjmine.ingest.inputs import find_inputs
from cjmine.ingest.load import load
from cjmine.ingest.reject_budget import RejectBudget
from cjmine.ingest.source_flags import SourceFlags
from cjmine.output import Access, write_bytes, write_text
from cjmine.privacy.key import throw_away_key
from cjmine.progress import Progress, no_progress
from cjmine.reporters.journey_file import render
from cjmine.reporters.language import english
from cjmine.reporters.touchpoints import proposals_text
from cjmine.setup.recognise import Found
from cjmine.setup.write_config import Answers, config_text
from cjmine.temporary import undone_if_ended
from cjmine.touchpoints.find import find_touchpoints
from cjmine.verbs.draft import draft, rules_at_hand
from cjmine.verbs.settings import CutSettings
from cjmine.version import VERSION

AN_END = re.compile(
    r"(?i)bevestig|confirm|bedankt|thank|purchase|aankoop|besteld|ordered|solved|opgelost|afgerond"
    r"|completed|voltooid"
)
CONFIG, JOURNEY, CI_JOB = "cjmine.toml", "journey.yaml", "journey-ci.yml"
_JOB = """# The journey is checked on every change of its file, and weekly.
# Copy this file to .github/workflows/ of a repository that holds cjmine.toml and the exports.
# Exports are personal data: better keep a log that cjmine load has written, and name it here
# behind check, without --config.
name: journey
on:
  pull_request:
  schedule:
    - cron: "0 6 * * 1"

jobs:
  check:
    runs-on: ubuntu-latest
    permissions:
      contents: read
    env:
      # A wheel beside the configuration, or the git address of a repository that has cjmine:
      # python -m pip wheel --no-deps --wheel-dir {place} CHECKOUT-OF-CJMINE
      CJMINE: {wheel}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: python -m pip install "$CJMINE"
      - name: Check the journey
        run: |
          status=0
          {command} || status=$?
          if [ -f journey.md ]; then cat journey.md >> "$GITHUB_STEP_SUMMARY"; fi
          exit $status
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, in order; `without_journey` says why there is no journey file."""

    files: tuple[Path, ...]
    rules: int
    goal: tuple[str, ...]
    without_journey: str | None


def check_command(folder: Path, budget: RejectBudget) -> str:
    """The command of the CI job, as run from the folder above.

    A folder that is not below the current one is taken for the top of the repository.

    >>> check_command(Path("moving"), RejectBudget(2))
    'cjmine check --config moving/cjmine.toml --ideal moving/journey.yaml --max-rejects 2 \
-f github -o journey.md'
    """
    inside = _inside(folder)
    config, journey = (shlex.quote((inside / name).as_posix()) for name in (CONFIG, JOURNEY))
    return (
        f"cjmine check --config {config} --ideal {journey}{slack(budget)} -f github -o journey.md"
    )


def _inside(folder: Path) -> Path:
    place = os.path.relpath(folder)
    return Path() if place.startswith("..") else Path(place)


def _job(folder: Path, budget: RejectBudget) -> str:
    """The CI job, with the wheel of this version beside the configuration."""
    place = _inside(folder)
    wheel = f"./{(place / f'cjmine-{VERSION}-py3-none-any.whl').as_posix()}"
    job = _JOB.replace("{command}", check_command(folder, budget))
    return job.replace("{wheel}", json.dumps(wheel)).replace("{place}", shlex.quote(str(place)))


def slack(budget: RejectBudget) -> str:
    """The option that later commands need where records may be rejected."""
    return "" if budget == RejectBudget() else f" --max-rejects {budget}".replace(",", "")


def init(
    found: Found,
    answers: Answers,
    folder: Path,
    settings: CutSettings,
    budget: RejectBudget,
    progress: Progress = no_progress,
) -> Written:
    """Write the files of a new project.

    The rules are those that `touchpoints` proposes. Without a goal the touchpoint on which most
    journeys end is taken, and the journey file says so. Raises what loading raises, and then
    leaves nothing behind.
    """
    config = folder / CONFIG
    written = config_text(found, answers, folder)
    with _put_back_on_failure(config):
        write_text(config, written, Access.SHARED)
        inputs = find_inputs([], SourceFlags(config=config), progress)
        proposed = find_touchpoints(inputs, settings.min_group, progress)
        rules = proposals_text(proposed, english())
        if rules:
            write_text(config, written + "\n" + rules, Access.SHARED)
            inputs = find_inputs([], SourceFlags(config=config), progress)
        loaded = load(inputs, throw_away_key(), budget, progress=progress)
    chosen = settings.goal or (_likely_goal(loaded.log, settings.min_group),)
    files, why = [config], None
    try:
        drafted = replace(settings, goal=chosen)
        text = render(draft(loaded.log, drafted, rules_at_hand([], config))) + "\n"
        if not settings.goal:
            text = (
                f"# The goal is a guess: it sounds like an end, or most journeys end on it.\n{text}"
            )
        write_text(folder / JOURNEY, text, Access.SHARED)
        write_text(folder / CI_JOB, _job(folder, budget), Access.SHARED)
        files += [folder / JOURNEY, folder / CI_JOB]
    except CjmineError as error:
        why = error.problems[0].message
    return Written(tuple(files), sum(len(one.proposals) for one in proposed.sources), chosen, why)


@contextmanager
def _put_back_on_failure(file: Path) -> Iterator[None]:
    """Leave a file as it was, or absent, if what is tried with it fails."""
    before = file.read_bytes() if file.exists() else None

    def put_back() -> None:
        if before is None:
            file.unlink(missing_ok=True)
        else:
            write_bytes(file, before, Access.SHARED)

    with undone_if_ended(put_back):
        try:
            yield
        except BaseException:
            put_back()
            raise


def _likely_goal(log: EventLog, min_group: int) -> str:
    """The commonest touchpoint that sounds like an end, else the one most journeys end on."""
    journeys = without_surveys(cut(log))
    names = journeys.activities
    having = np.bincount(met_by(journeys).touchpoint, minlength=len(names)).tolist()
    ending = np.bincount(journeys.activity[journeys.starts[1:] - 1], minlength=len(names)).tolist()
    sounding = [place for place, name in enumerate(names) if AN_END.search(name)]
    sounding = [place for place in sounding if having[place] >= min_group]
    if sounding:
        return names[max(sounding, key=lambda place: (having[place], names[place]))]
    return names[max(range(len(names)), key=lambda place: (ending[place], names[place]))]
