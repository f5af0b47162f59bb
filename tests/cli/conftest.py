"""What several tests of the command line read: the sample logs, loaded once a test process."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import KEY, SAMPLE_LOGS, Ran, run


@pytest.fixture(scope="session")
def sample_log(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """A folder with the sample logs loaded into `log.parquet`, and how the load went."""
    inside = tmp_path_factory.mktemp("samples")
    (inside / "sample_logs").symlink_to(SAMPLE_LOGS)
    ran = run(inside, "load", "sample_logs", "-o", "log.parquet", key=KEY)
    assert (ran.status, ran.codes) == (0, []), ran.err
    return inside, ran


@pytest.fixture(scope="session")
def saved_samples(sample_log: tuple[Path, Ran]) -> Path:
    """The log that the sample logs make, saved."""
    return sample_log[0] / "log.parquet"
