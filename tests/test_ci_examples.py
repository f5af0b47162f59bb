"""The snippets for CI run as they stand, with a shell in the place of the service.

Each job installs the wheel that it names into a bare environment and runs from there. What cjmine
depends on is lent by the environment of the tests, so nothing is fetched for it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from cli.running import SAMPLE_LOGS
from cli.running import run as cjmine

PROJECT = Path(__file__).parents[1]
EXAMPLES = PROJECT / "examples" / "ci"
JOBS = ["github.yml", "gitlab.yml"]
# The wheel alone is installed, over whatever this environment has.
LENT = {"PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1", "PIP_IGNORE_INSTALLED": "1"}

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the services run bash")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, made as the page beside the snippets says."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "--wheel-dir", "."]
    made = subprocess.run([*command, str(PROJECT)], cwd=folder, capture_output=True, text=True)
    if made.returncode:
        pytest.skip("this machine cannot build a wheel: pip cannot fetch or run hatchling")
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has nothing, as CI sets one up, but for what is lent."""
    folder = tmp_path_factory.mktemp("python") / "bare"
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    (site,) = (folder / "lib").glob("python*/site-packages")
    lent = [place for place in sys.path if Path(place).name == "site-packages"]
    (site / "lent.pth").write_text("".join(f"{place}\n" for place in lent))
    return folder


@pytest.fixture
def repository(tmp_path: Path, wheel: Path) -> Path:
    """A checkout with exports, a journey and the wheel."""
    folder = tmp_path / "repository"
    shutil.copytree(SAMPLE_LOGS, folder / "exports")
    shutil.move(folder / "exports" / "journey.yaml", folder / "journey.yaml")
    shutil.copy(wheel, folder)
    return folder


def steps_of(written: Path) -> tuple[str, dict[str, str]]:
    """The commands of a job, and the variables that it sets."""
    job = yaml.safe_load(written.read_text("utf-8"))
    if "journey" in job:
        return "\n".join(job["journey"]["script"]), job["journey"]["variables"]
    check = job["jobs"]["check"]
    return "\n".join(step["run"] for step in check["steps"] if "run" in step), check["env"]


def run(repository: Path, bare: Path, written: Path) -> subprocess.CompletedProcess[str]:
    """Run a job in an environment that has nothing but what the service gives.

    The job has installed cjmine into the bare Python: what it ran is from there.
    """
    script, variables = steps_of(written)
    python = bare / "bin" / "python"
    for earlier in (bare / "lib").glob("python*/site-packages/cjmine*"):
        shutil.rmtree(earlier)
    environ = {
        "PATH": f"{python.parent}{os.pathsep}{os.defpath}",
        "HOME": str(repository.parent),
        "GITHUB_STEP_SUMMARY": str(repository / "summary.md"),
    }
    ran = subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=repository,
        env=environ | LENT | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    asked = [python, "-I", "-c", "import cjmine; print(cjmine.__file__)"]
    found = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert bare in Path(found).parents, ran.stderr
    return ran


@pytest.mark.parametrize("name", JOBS)
def test_a_broken_expectation_fails_the_job_and_leaves_its_reports(repository, bare, name):
    ran = run(repository, bare, EXAMPLES / name)
    assert ran.returncode == 1, ran.stderr
    for file in ("journey.md", "journey.json", "journey.xml"):
        assert (repository / file).stat().st_size > 500
    if name == "github.yml":
        assert "\n::error file=journey.yaml,line=24," in f"\n{ran.stdout}"
        assert (repository / "summary.md").read_text("utf-8").startswith("## ✗ moving")


@pytest.mark.parametrize("name", JOBS)
def test_a_kept_journey_passes(repository, bare, name):
    journey = repository / "journey.yaml"
    kept = journey.read_text("utf-8").replace('"<= 12%"', '"<= 30%"')
    kept = kept.replace('"<= 5%"', '"<= 20%"').replace('"<= 1%"', '"<= 20%"')
    journey.write_text(kept, "utf-8")
    ran = run(repository, bare, EXAMPLES / name)
    assert ran.returncode == 0, ran.stderr


def test_the_job_that_init_writes_runs(repository, bare):
    made = cjmine(
        repository, "init", "--from", "exports", "--tz", "Europe/Amsterdam", "--region", "NL",
        "--no-input", "--force",
    )  # fmt: skip
    assert made.status == 0, made.err
    ran = run(repository, bare, repository / "journey-ci.yml")
    assert ran.returncode == 0, ran.stderr
    assert (repository / "journey.md").stat().st_size > 500


@pytest.mark.parametrize("name", JOBS)
def test_no_job_takes_the_package_by_its_name_from_an_index(name):
    """It is on none, so a package of that name would be somebody else's."""
    script, variables = steps_of(EXAMPLES / name)
    installs = [line for line in script.splitlines() if "pip install" in line]
    assert installs == ['python -m pip install "$CJMINE"']
    assert variables["CJMINE"].startswith("./cjmine-")
