"""A comparison gives nothing away of few: neither names nor figures, in no output and no error."""

from __future__ import annotations

from pathlib import Path

import pytest
from privacy.canaries import MARK
from privacy.test_canaries import Garden
from privacy.test_filter_canaries import NEAR, RARE, shop, swept_of

__all__ = ["shop"]

WRITTEN = "-o a.json -o a.html -o a.md -o a.txt"
ASKED = {
    "by a column": "--by fund A B",
    "by a column that few have": "--by fund",
    "in two periods": "--period 2024-05-01..2024-05-02 2024-05-03..2024-05-09",
    "around a change with a control": "--change 2024-05-03 --where 'fund = A' --control 'fund = B'",
}
REFUSED = {
    "a value of few": (f"--by fund A {RARE[0]}", 2),
    "no value is near": (f"--by fund A {NEAR}", 2),
    "a column of notes is none": ("--by notes A B", 3),
}


@pytest.mark.parametrize("lang", ["en", "nl --release"])
@pytest.mark.parametrize("case", ASKED)
def test_a_comparison_gives_nothing_away(
    shop: Garden, tmp_path: Path, case: str, lang: str
) -> None:
    """No output has a canary; with every group shown there are some, and still no identifier."""
    typed = f"compare {{IN}}/shop.csv -i {{IN}}/shop.yaml --all {WRITTEN} {ASKED[case]}"
    swept = swept_of(shop, tmp_path / "usual", f"{typed} --lang {lang}")
    if case == "around a change with a control":
        assert swept.status in (0, 2), swept.said
    else:
        assert swept.status == 0, swept.said
    assert not swept.hits, swept.hits
    control = swept_of(shop, tmp_path / "control", f"{typed} --min-group 1 --lang en")
    texts = [one.read_bytes() for one in (tmp_path / "control").rglob("a.*")]
    assert not any(MARK.encode() in text for text in texts)
    assert MARK not in control.said
    if case == "in two periods":  # the rare labels are of customers of rare funds
        assert control.status == 0, control.said
        assert {Path(where).name for where in control.hits} >= {"a.json", "a.html", "a.md"}


@pytest.mark.parametrize("case", REFUSED)
def test_an_error_gives_nothing_away(shop: Garden, tmp_path: Path, case: str) -> None:
    """A value of few is answered as one that the log does not have."""
    asked, status = REFUSED[case]
    swept = swept_of(shop, tmp_path, f"compare {{IN}}/shop.csv -i {{IN}}/shop.yaml {asked}")
    assert swept.status in (status, 2), swept.said
    rest = swept.said.replace(RARE[0], "") if RARE[0] in asked else swept.said
    assert RARE[1] not in rest
    assert RARE[2] not in rest
