"""The table of cases: small inputs after public bug reports, and the right outcome of each.

The inputs are beside the checkout (../shared/cases); a row is skipped where they are absent. The
rows are in `cases/`, a module a group; a new module is added to the table here.
"""

from __future__ import annotations

import csv
import re
import shlex
import shutil
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from cases.case import Case
from cases.identifiers import IDENTIFIERS
from cases.mail import MAIL
from cases.models import MODELS
from cases.privacy import PRIVACY
from cases.systems import SYSTEMS
from cases.tables import TABLES
from cases.times import TIMES
from cases.web import WEB
from cli.running import KEY, Ran, run

from cjmine.eventlog.parquet import read_log

SHARED = Path(__file__).parents[2] / "shared" / "cases"
TABLE: tuple[Case, ...] = (
    *IDENTIFIERS,
    *MAIL,
    *SYSTEMS,
    *TABLES,
    *TIMES,
    *MODELS,
    *PRIVACY,
    *WEB,
)


@pytest.mark.real_data
@pytest.mark.parametrize("case", TABLE, ids=[case.name for case in TABLE])
def test_the_right_outcome(case: Case, tmp_path: Path) -> None:
    """Exit status, codes, customers, labels, account, rejects and words are those of the row."""
    if not (SHARED / case.folder).is_dir():
        pytest.skip(f"the case {case.folder} is not beside the checkout")
    here = tmp_path / "here"
    shutil.copytree(SHARED / case.folder, here, copy_function=shutil.copyfile)
    here.chmod(0o755)  # the shared folders are read-only
    ran = run(here, *_typed(case.command), key=KEY)
    said = ran.out + ran.err
    assert ran.status == case.status, said
    for wanted, found in _outcome(case, ran, here):
        assert found == wanted, said
    kept = said + _labels(here)
    assert [text for text in case.says if text not in said] == [], said
    assert [text for text in case.hides if text.lower() in kept.lower()] == [], kept


@pytest.mark.real_data
def test_every_case_has_a_row() -> None:
    """No case beside the checkout is left out of the table."""
    if not SHARED.is_dir():
        pytest.skip("the cases are not beside the checkout")
    folders = {path.name for path in SHARED.iterdir() if path.is_dir()}
    assert folders - {case.folder for case in TABLE} == set()


def test_rows_are_told_apart() -> None:
    """No row is in the table twice."""
    assert [name for name, times in Counter(case.name for case in TABLE).items() if times > 1] == []


def _typed(command: str) -> list[str]:
    typed = shlex.split(command)
    return [*typed, "-o", "log.parquet", "--rejects", "r.csv"] if typed[0] == "load" else typed


def _outcome(case: Case, ran: Ran, here: Path) -> list[tuple[object, object]]:
    """What the row says of the outcome, each with what came."""
    found: list[tuple[object, object]] = []
    if case.codes is not None:
        found.append((case.codes, tuple(sorted(set(ran.codes)))))
    if case.notes is not None:
        noted = re.findall(r"^note\[(\w+)\]: ", ran.err, re.MULTILINE)
        found.append((case.notes, tuple(sorted(set(noted)))))
    log = here / "log.parquet"
    if case.customers is not None:
        columns = pq.read_table(log)
        name = "customer" if "customer" in columns.column_names else "case:concept:name"
        found.append((case.customers, len(columns.column(name).unique())))
    if case.activities is not None:
        labels = pq.read_table(log).column("concept:name").to_pylist()
        found.append((dict(case.activities), dict(Counter(labels))))
    if case.moments is not None:
        moments = sorted(pq.read_table(log).column("time:timestamp").to_pylist())
        found.append((case.moments, tuple(one.isoformat() for one in moments)))
    if case.account is not None:
        sources = read_log(log, log.name).about.sources
        names = ("read", "loaded", "rejected", "duplicate", "filtered")
        sums = tuple(sum(getattr(one, name) for one in sources) for name in names)
        found.append((case.account, sums))
    if case.rejects is not None:
        with (here / "r.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        places = tuple((int(row["line"] or row["record"]), row["code"]) for row in rows)
        found.append((case.rejects, places))
    return found


def _labels(here: Path) -> str:
    """Every text of the log, where one was written."""
    log = here / "log.parquet"
    if not log.exists():
        return ""
    columns = pq.read_table(log)
    return "\n".join(
        str(value) for name in columns.column_names for value in columns.column(name).unique()
    )
