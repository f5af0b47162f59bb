"""Before a connection is made, it is said where to."""

from __future__ import annotations

import pytest

from cjmine.connecting import connecting, said_by


def test_it_is_said_on_stderr_where_no_command_line_is(capsys: pytest.CaptureFixture[str]) -> None:
    """A notebook sees it too; signs that a terminal would obey are not written."""
    connecting("postgresql, service crm\x1b[2J (source calls)")
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "connecting to postgresql, service crm[2J (source calls)\n")


def test_another_function_can_say_it() -> None:
    """The command line writes it with its own signs made visible, and takes it back."""
    lines: list[str] = []
    before = said_by(lines.append)
    try:
        connecting("a bucket")
    finally:
        assert said_by(before) == lines.append
    assert lines == ["connecting to a bucket"]
