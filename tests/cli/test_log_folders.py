"""Every verb says of a log folder of several deliveries what it says of the same load at once."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from cli.running import KEY, SAMPLE_LOGS, run

IDEAL = "--ideal sample_logs/journey.yaml"
DELIVERIES = (
    ("web/access.log", "web/access.log.1.gz", "analytics.csv", "chats.csv"),
    ("calls_2026-01.csv", "calls_2026-02.csv", "calls_2026-03.csv"),
    (
        "calls_2026-04.csv",
        "calls_2026-05.csv",
        "servicebox.mbox",
        "surveys.csv",
        "surveys_csat.csv",
    ),
)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two folders with the sample logs in `log/`: loaded at once, and in three deliveries."""
    once, thrice = tmp_path_factory.mktemp("once"), tmp_path_factory.mktemp("thrice")
    for folder in (once, thrice):
        (folder / "sample_logs").symlink_to(SAMPLE_LOGS)
    assert run(once, "load", "sample_logs", "-o", "log/", key=KEY).status == 0
    for place, names in enumerate(DELIVERIES):
        files = [f"sample_logs/{name}" for name in names]
        how = ["--config", "sample_logs/cjmine.toml", "--append" if place else "-o", "log/"]
        ran = run(thrice, "load", *files, *how, key=KEY)
        assert ran.status == 0, ran.err
    return once, thrice


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("discover log/ -f json --top all", 0),
        ("discover log -f csv --by channel", 0),
        (f"check log/ {IDEAL} -f json", 1),
        (f"check log/ {IDEAL} --save-baseline base.json", 1),
        ("map log/ -o a.svg", 0),
        ("map log/ --as variants -o a.svg", 0),
        (f"report log/ {IDEAL} -o a.html", 0),
        ("draft log/ --goal 'Final bill mail'", 0),
        (f"dropoff log/ {IDEAL} -f json", 0),
        (f"satisfaction log/ {IDEAL} -f json", 0),
        (f"trend log/ {IDEAL} -f json", 0),
        ("contact log/ -f json", 0),
        (f"priorities log/ {IDEAL} -f json", 0),
        (f"hints log/ {IDEAL} -f json", 0),
        (f"outliers log/ {IDEAL} -f json", 0),
        ("init --portfolio log/", 0),
        ("touchpoints log/", 3),
        ("sniff log/", 3),
        ("discover log/ sample_logs/chats.csv", 3),
    ],
)
def test_a_verb_does_what_it_does_with_one_load(
    folders: tuple[Path, Path], typed: str, status: int
) -> None:
    """The same status, the same words on both streams, and the same files, to the byte."""
    found = []
    for folder in folders:
        ran = run(folder, *shlex.split(typed))
        made = {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file()}
        for name in made:
            (folder / name).unlink()
        found.append((ran.status, ran.stdout, ran.stderr, made))
    assert found[0] == found[1]
    assert found[0][0] == status, found[0][2]
