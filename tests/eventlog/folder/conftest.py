import pytest
from strategies import log_from

from cjmine.eventlog.log import EventLog


@pytest.fixture
def small() -> EventLog:
    """Twenty customers with three events each."""
    return log_from([(f"{n // 3:03d}", f"step {n % 4}", n) for n in range(60)])
