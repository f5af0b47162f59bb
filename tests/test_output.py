"""Outputs are whole or absent, whatever fails and when, and nothing is left beside them."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cjmine.errors import Code, ExitStatus, OutputError
from cjmine.output import Access, write_text, write_whole

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture(params=["new", "replaced"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file that is not there yet, and one that holds an old result."""
    file = tmp_path / "result.json"
    if request.param == "replaced":
        file.write_text("old")
    return file


def contents(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in folder.iterdir()}


def test_a_text_is_written_as_it_is(target: Path) -> None:
    """UTF-8 and line feeds, on every system."""
    write_text(target, "één\nregel\r\n")
    assert target.read_bytes() == "één\nregel\r\n".encode()
    assert list(contents(target.parent)) == [target.name]


@pytest.mark.parametrize("step", ["os.open", "os.fsync", "os.chmod", "os.replace"])
def test_a_failure_at_any_step_keeps_what_was_there(
    target: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """No new file appears, an old one stays, the temporary one is gone."""
    before = contents(target.parent)

    def fail(*_arguments: object, **_named: object) -> None:
        raise FULL

    monkeypatch.setattr(os, step.removeprefix("os."), fail)
    with pytest.raises(OutputError) as caught:
        write_text(target, "new")
    monkeypatch.undo()
    assert contents(target.parent) == before
    problem = caught.value.problems[0]
    assert (problem.code, problem.place.file) == (Code.OUTPUT_FAILED, str(target))
    assert problem.cause == "No space left on device"
    assert caught.value.exit_status is ExitStatus.OUTPUT


def half_then(error: BaseException) -> Callable[[Path], None]:
    def write(temporary: Path) -> None:
        temporary.write_text("half of the res")
        raise error

    return write


@pytest.mark.parametrize("error", [FULL, PermissionError(errno.EACCES, "no")])
def test_a_writer_that_fails_half_way_leaves_nothing(target: Path, error: OSError) -> None:
    before = contents(target.parent)
    with pytest.raises(OutputError):
        write_whole(target, half_then(error))
    assert contents(target.parent) == before


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("a bug"), SystemExit(1)])
def test_what_is_no_failure_to_write_passes_and_leaves_nothing(
    target: Path, error: BaseException
) -> None:
    before = contents(target.parent)
    with pytest.raises(type(error)):
        write_whole(target, half_then(error))
    assert contents(target.parent) == before


def test_readers_see_the_old_file_until_the_new_one_is_complete(tmp_path: Path) -> None:
    file = tmp_path / "result.json"
    file.write_text("old")

    def write(temporary: Path) -> None:
        temporary.write_text("new")
        assert file.read_text() == "old"
        assert temporary.parent == file.parent

    write_whole(file, write)
    assert file.read_text() == "new"


def test_a_writer_may_replace_the_temporary_file(target: Path) -> None:
    """Some writers rename a file of their own over it."""

    def write(temporary: Path) -> None:
        own = temporary.with_name(temporary.name + ".bpmn")
        own.write_text("new")
        own.replace(temporary)

    write_whole(target, write)
    assert contents(target.parent) == {target.name: "new"}


def test_a_file_that_another_holds_open_keeps_its_old_content(tmp_path: Path) -> None:
    """The old file is replaced, not overwritten."""
    file = tmp_path / "result.json"
    file.write_text("old")
    with file.open() as held:
        write_text(file, "new")
        assert held.read() == "old"


@pytest.mark.parametrize("where", ["no/such/folder/out.json", "."])
def test_a_place_that_cannot_hold_a_file_is_an_output_error(tmp_path: Path, where: str) -> None:
    with pytest.raises(OutputError) as caught:
        write_text(tmp_path / where, "new")
    assert caught.value.code is Code.OUTPUT_FAILED
    assert contents(tmp_path) == {}


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
class TestPermissions:
    """A result is its owner's alone; what is shared follows the umask, like other files."""

    @pytest.fixture(params=[0o022, 0o027, 0o077])
    def mask(self, request: pytest.FixtureRequest) -> Iterator[int]:
        old = os.umask(request.param)
        yield request.param
        os.umask(old)

    def test_a_new_file_follows_the_umask(self, tmp_path: Path, mask: int) -> None:
        write_text(tmp_path / "new.json", "new", Access.SHARED)
        ordinary = tmp_path / "ordinary"
        ordinary.touch()
        modes = [stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()]
        assert modes == [0o666 & ~mask] * 2

    def test_a_new_result_is_its_owners_alone(self, tmp_path: Path, mask: int) -> None:
        write_text(tmp_path / "new.json", "new")
        assert stat.S_IMODE((tmp_path / "new.json").stat().st_mode) == 0o600

    def test_the_umask_itself_stays(self, tmp_path: Path, mask: int) -> None:
        write_text(tmp_path / "new.json", "new")
        assert os.umask(mask) == mask

    @pytest.mark.parametrize("mode", [0o600, 0o640, 0o444])
    def test_a_replaced_file_keeps_its_mode(self, tmp_path: Path, mode: int) -> None:
        file = tmp_path / "result.json"
        file.write_text("old")
        file.chmod(mode)
        write_text(file, "new")
        assert stat.S_IMODE(file.stat().st_mode) == mode
        assert file.read_text() == "new"

    def test_a_file_is_private_while_it_is_written(self, tmp_path: Path) -> None:
        seen: list[int] = []
        write_whole(
            tmp_path / "log.parquet",
            lambda temporary: seen.append(stat.S_IMODE(temporary.stat().st_mode)),
        )
        assert seen == [0o600]

    @pytest.mark.skipif(
        hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere"
    )
    def test_a_folder_that_may_not_be_written(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o500)
        with pytest.raises(OutputError) as caught:
            write_text(tmp_path / "result.json", "new")
        tmp_path.chmod(0o700)
        assert caught.value.problems[0].cause == "Permission denied"
