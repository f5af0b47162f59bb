"""Every command that takes `--on` asks questions that can be sent, and says the same."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from cli.running import KEY, SAMPLE_LOGS, run
from counting.test_on_cluster import FakeCluster
from typer.testing import CliRunner

from cjmine.cli.app import app
from cjmine.cli.screen import wipe
from cjmine.counting import spark_session

TYPED = [
    'discover log --goal "Final bill mail" --by channel',
    "discover log --variant 2",
    "map log -i journey.yaml",
    "check log -i journey.yaml",
    "trend log -i journey.yaml",
    "compare log -i journey.yaml --by customer_type",
    "dropoff log -i journey.yaml",
    "hints log -i journey.yaml",
    "satisfaction log -i journey.yaml",
    "priorities log -i journey.yaml",
    "contact log",
    "outliers log -i journey.yaml",
    "portfolio portfolio.yaml log",
    "report log -i journey.yaml",
    "ideas measure log",
]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples") / "samples"
    shutil.copytree(SAMPLE_LOGS, folder)
    kept = [typed for name in ("customer_type", "fund") for typed in ("--keep", name)]
    ran = run(folder, "load", ".", *kept, "-o", "log/", key=KEY)
    assert ran.status == 0, ran.err
    return folder


@pytest.fixture
def cluster(samples: Path, monkeypatch: pytest.MonkeyPatch) -> FakeCluster:
    fake = FakeCluster()
    wipe()  # a line that another test of this process drew
    monkeypatch.setattr(spark_session, "connect", lambda place: fake)
    monkeypatch.chdir(samples)
    return fake


@pytest.mark.parametrize("typed", TYPED)
def test_a_verb_says_the_same(cluster: FakeCluster, typed: str) -> None:
    here, there = (
        CliRunner().invoke(app, [*shlex.split(typed), *more]) for more in ([], ["--on", "spark"])
    )
    assert here.exception is None and there.exception is None
    assert there.output.replace(" --on spark", "") == here.output
    assert cluster.sent


def test_exports_are_refused_before_they_are_read(samples: Path) -> None:
    """It would take long, and then no cluster could count them."""
    ran = run(samples, "discover", "analytics.csv", "--on", "spark")
    assert (ran.status, ran.out, ran.codes) == (2, "", ["U101"])
    assert "a cluster counts saved logs only" in ran.err and "-o log/" in ran.err
    assert run(samples, "discover", "none.csv", "--on", "spark").codes == ["L101"]


def test_every_verb_that_takes_a_cluster_is_tried() -> None:
    """But `ideas add`, which writes: it asks what `priorities` asks."""
    words = set(_with_on(typer.main.get_command(app))) - {"ideas add"}
    tried = {one for one in words for typed in TYPED if typed.startswith(f"{one} ")}
    assert len(words) > 10
    assert tried == words


def _with_on(command: Any, words: str = "") -> Iterator[str]:
    if any("--on" in one.opts for one in command.params):
        yield words
    for name, inner in getattr(command, "commands", {}).items():
        yield from _with_on(inner, f"{words} {name}".strip())
