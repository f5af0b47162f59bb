"""The snippets for CI run as they stand, with a shell in the place of the service."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from cli.running import SAMPLE_LOGS

EXAMPLES = Path(__file__).parents[1] / "examples" / "ci"


def script(name: str) -> str:
    written = yaml.safe_load((EXAMPLES / name).read_text("utf-8"))
    if name == "gitlab.yml":
        return "\n".join(written["journey"]["script"])
    steps = written["jobs"]["check"]["steps"]
    return "\n".join(step["run"] for step in steps if "run" in step)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A checkout with exports and a journey, and commands that stand for what CI installs."""
    shutil.copytree(SAMPLE_LOGS, tmp_path / "exports")
    shutil.move(tmp_path / "exports" / "journey.yaml", tmp_path / "journey.yaml")
    commands = tmp_path / ".commands"
    commands.mkdir()
    for name, body in (
        ("python", "exit 0"),
        ("cjmine", f'exec "{sys.executable}" -m cjmine "$@"'),
    ):
        file = commands / name
        file.write_text(f"#!/bin/sh\n{body}\n")
        file.chmod(0o755)
    return tmp_path


def run(repository: Path, name: str) -> subprocess.CompletedProcess[str]:
    environ = {
        "PATH": f"{repository / '.commands'}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(repository),
        "PYTHONPATH": str(EXAMPLES.parents[1]),
        "GITHUB_STEP_SUMMARY": str(repository / "summary.md"),
    }
    return subprocess.run(
        ["bash", "-e", "-c", script(name)],
        cwd=repository,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(shutil.which("bash") is None, reason="the services run bash")
@pytest.mark.parametrize("name", ["github.yml", "gitlab.yml"])
def test_a_broken_expectation_fails_the_job_and_leaves_its_reports(repository, name):
    ran = run(repository, name)
    assert ran.returncode == 1, ran.stderr
    for file in ("journey.md", "journey.json", "journey.xml"):
        assert (repository / file).stat().st_size > 500
    if name == "github.yml":
        assert ran.stdout.startswith("::error file=journey.yaml,line=24,")
        assert (repository / "summary.md").read_text("utf-8").startswith("## ✗ moving")


@pytest.mark.skipif(shutil.which("bash") is None, reason="the services run bash")
@pytest.mark.parametrize("name", ["github.yml", "gitlab.yml"])
def test_a_kept_journey_passes(repository, name):
    journey = repository / "journey.yaml"
    kept = journey.read_text("utf-8").replace('"<= 12%"', '"<= 30%"')
    kept = kept.replace('"<= 5%"', '"<= 20%"').replace('"<= 1%"', '"<= 20%"')
    journey.write_text(kept, "utf-8")
    assert run(repository, name).returncode == 0
