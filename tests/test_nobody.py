"""Customers that are none: placeholder numbers that hold too much, and identifiers that are too big."""

from __future__ import annotations

from pathlib import Path

import pytest

from cjmine.errors import Code
from cjmine.ingest.inputs import find_inputs
from cjmine.ingest.load import load
from cjmine.ingest.loaded import Loaded
from cjmine.ingest.source_flags import SourceFlags
from cjmine.privacy.pseudonyms import Key
from cjmine.touchpoints.label_counts import labels_of

HEAD = "customer,activity,time"


def written(folder: Path, held: dict[str, int], config: str = "") -> Path:
    """An export in which each identifier holds so many events, and 100 customers one each."""
    every = {f"K-{number}": 1 for number in range(100)} | held
    rows = [
        f"{who},Search,2026-03-03T11:00:00Z" for who, many in every.items() for _ in range(many)
    ]
    (folder / "web.csv").write_text("\n".join([HEAD, *rows]) + "\n")
    (folder / "cjmine.toml").write_text(config + '[source.web]\nfiles = "web.csv"\n')
    return folder


def loaded(folder: Path) -> Loaded:
    return load(find_inputs([str(folder)], SourceFlags()), Key(bytes(range(32))))


def noted(found: Loaded, code: Code) -> list[str]:
    return [note.text for note in found.notes if note.code is code]


@pytest.mark.parametrize("number", ["0", "000000", "999999", "12345", "00000000-0000-0000-0000-0"])
def test_a_placeholder_number_that_holds_much_is_nobody(tmp_path: Path, number: str) -> None:
    """Its events are left out and counted, and a note says so without the number's own value."""
    found = loaded(written(tmp_path, {number: 150}))
    (account,) = found.log.about.sources
    assert (account.read, account.loaded, account.filtered) == (250, 100, 150)
    (note,) = noted(found, Code.PLACEHOLDER_IDS)
    assert note.endswith(": 150 (web 150)")
    assert not noted(found, Code.BIG_IDENTIFIER)


@pytest.mark.parametrize("events", [1, 99])
def test_a_placeholder_number_that_holds_little_is_a_customer(tmp_path: Path, events: int) -> None:
    """99 times the median customer is below the limit of 100."""
    found = loaded(written(tmp_path, {"0": events}))
    assert found.log.events == 100 + events
    assert not noted(found, Code.PLACEHOLDER_IDS)


def test_a_placeholder_number_of_less_than_a_hundredth_is_a_customer(tmp_path: Path) -> None:
    """150 events are 100 times the median, but under 1 % of 20,250."""
    found = loaded(written(tmp_path, {"0": 150, **{f"L-{one}": 1 for one in range(20_000)}}))
    assert found.log.events == 20_250


def test_the_configuration_decides_who_is_nobody(tmp_path: Path) -> None:
    """For the project, or for a source, which comes first."""
    assert loaded(written(tmp_path, {"0": 150}, "nobody = []\n")).log.events == 250
    none = loaded(written(tmp_path, {"0": 150, "TEST": 2}, 'nobody = ["TEST"]\n'))
    assert none.log.events == 250
    (note,) = noted(none, Code.PLACEHOLDER_IDS)
    assert note.endswith(": 2 (web 2)")
    folder = written(tmp_path, {"0": 150, "TEST": 2}, 'nobody = ["TEST"]\n')
    with (folder / "cjmine.toml").open("a") as config:
        config.write('nobody = ["0"]\n')
    assert loaded(folder).log.events == 102


def test_a_big_identifier_is_named_by_its_share(tmp_path: Path) -> None:
    """150 of 250 events; never the identifier."""
    found = loaded(written(tmp_path, {"Jansen": 150}))
    assert found.log.events == 250
    (note,) = noted(found, Code.BIG_IDENTIFIER)
    assert note.startswith("one identifier holds 60% of all events")
    assert "nobody = [" in note
    assert "Jansen" not in note


@pytest.mark.parametrize("events", [100, 5])
def test_an_identifier_of_a_usual_size_has_no_note(tmp_path: Path, events: int) -> None:
    """At 100 times the median it is at the limit, not above."""
    assert not noted(loaded(written(tmp_path, {"Jansen": events})), Code.BIG_IDENTIFIER)


def test_the_next_identifier_of_the_record_is_the_customer(tmp_path: Path) -> None:
    """As where the first is empty; nothing is linked through the number."""
    rows = [f"K-{one},c{one},Search,2026-03-03T11:00:00Z" for one in range(100)]
    rows += [f"0,c{one},Search,2026-03-03T12:00:00Z" for one in range(100)]
    rows += ["0,,Search,2026-03-03T12:00:00Z"] * 7
    (tmp_path / "web.csv").write_text("\n".join(["customer,cookie,activity,time", *rows]) + "\n")
    (tmp_path / "cjmine.toml").write_text(
        '[source.web]\nfiles = "web.csv"\ncustomer = { column = "customer" }\n'
        'links = [{ column = "cookie", as = "cookie" }]\n'
    )
    found = loaded(tmp_path)
    (account,) = found.log.about.sources
    assert (account.loaded, account.filtered) == (200, 7)
    assert len(set(found.log.codes("customer").tolist())) == 100
    assert not noted(found, Code.HUBS)


def test_touchpoints_count_what_a_load_gives(tmp_path: Path) -> None:
    folder = written(tmp_path, {"0": 150})
    (source,) = labels_of(find_inputs([str(folder)], SourceFlags()))
    assert source.events == loaded(folder).log.events == 100
