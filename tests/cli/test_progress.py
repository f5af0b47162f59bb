"""Long work shows itself: a bar on a terminal, lines in CI, nothing where nobody looks."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cjmine.cli.progress import Bar, Lines, bar_line, time_left
from cjmine.progress import Phase, ProgressEvent
from cli.running import KEY, PATIENCE, SAMPLE_LOGS, Ran, environment, events, run

WIPE = "\r\x1b[K"
LOAD = ("load", "a.csv", "-o", "l.parquet")


def on_a_terminal(folder: Path, *typed: str, **environ: str) -> Ran:
    """Run with stderr on a terminal of 80 columns; stdout goes into a pipe."""
    ours, theirs = pty.openpty()
    started = subprocess.Popen(
        [sys.executable, "-m", "cjmine", *typed],
        cwd=folder,
        env=environment(folder, KEY, TERM="xterm", **environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 1 << 16):
            shown += piece
    except OSError:  # how a terminal says that nobody writes to it any more
        pass
    os.close(ours)
    out, _ = started.communicate(timeout=PATIENCE)
    return Ran(started.returncode, out, shown.replace(b"\r\n", b"\n"))


def drawn(ran: Ran) -> list[str]:
    """The lines that were drawn one over the other, in order."""
    return [line for line in re.findall(r"\r\x1b\[K([^\r\n]*)(?=\r)", ran.err) if line]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.csv").write_text(events())
    return tmp_path


def test_a_terminal_sees_every_source_and_stage(folder: Path) -> None:
    """In the order of the work, a share where it is known, and no trace of it at the end."""
    ran = on_a_terminal(folder, *LOAD)
    assert ran.status == 0, ran.err
    lines = drawn(ran)
    stages = [next(one for one in Phase if line.startswith(one)) for line in lines]
    told = [Phase.LOOK, Phase.READ, Phase.LINK, Phase.BUILD, Phase.WRITE]
    assert list(dict.fromkeys(stages)) == told
    assert all("a.csv" in line for line in lines[:2])
    rest = re.sub(r"\x1b\[\d*m", "", ran.err.rpartition(WIPE)[2])  # notes have colours there
    assert rest.startswith("note[") or rest.startswith("source "), rest
    assert "\x1b" not in rest


@pytest.mark.parametrize("verb", ["discover", "check", "identity report", "touchpoints", "draft"])
def test_every_verb_that_reads_shows_itself(folder: Path, verb: str) -> None:
    """On the sample logs, whose sources are named one after the other."""
    typed = [*verb.split(), str(SAMPLE_LOGS)]
    typed += ["--goal", "Final bill mail"] if verb == "draft" else []
    ran = on_a_terminal(folder, *typed)
    assert ran.status in (0, 1), ran.err
    lines = "\n".join(drawn(ran))
    for name in (
        "web (2 files)",
        "analytics.csv",
        "chats.csv",
        "calls (5 files)",
        "servicebox.mbox",
        "surveys.csv",
    ):
        assert f"reading {name}" in lines
    assert "%" in lines
    after = {"check": "aligning", "identity report": "linking"}.get(verb, "counting")
    assert after in lines


def test_a_narrow_terminal_gets_a_line_that_fits() -> None:
    """One column stays free, so that the line does not wrap; wide letters take two."""
    step = ProgressEvent(Phase.READ, "/long/" + "注文" * 40 + ".csv", 1_234_567, 0.5, 0.25)
    for width in (30, 60, 100):
        line = bar_line(step, 60.0, width)
        assert sum(2 if sign in "注文" else 1 for sign in line) < width


def test_a_hostile_file_name_cannot_move_the_cursor() -> None:
    """What hides or commands is written out."""
    step = ProgressEvent(Phase.READ, "a\x1b[2Jb\r.csv")
    assert "\x1b" not in bar_line(step, 0.0, 80)


def test_only_what_is_done_is_a_hundred_percent() -> None:
    """Nothing rounds to the end before it is there."""
    assert " 99 %" in bar_line(ProgressEvent(Phase.READ, "a", 1, 0.9999), 0.0, 80)
    assert " 100 %" in bar_line(ProgressEvent(Phase.READ, "a", 1, 1.0), 0.0, 80)


def test_the_time_left_is_told_for_work_of_more_than_three_seconds() -> None:
    """By what was read of all bytes; short, unknown and finished work tells none."""
    assert time_left(2.0, 0.5) == 2.0
    assert time_left(1.4, 0.5) is None
    assert time_left(60.0, 0.0) is None and time_left(60.0, None) is None
    assert time_left(60.0, 1.0) is None
    line = bar_line(ProgressEvent(Phase.READ, "a", 1, 0.5, 0.1), 20.0, 100)
    assert line.endswith("about 3 min left")


def test_steps_that_follow_at_once_are_not_all_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    """A new part always is; the next step of the same part when a tenth of a second is over."""
    now = iter([0.0, 0.0, 0.01, 0.02, 0.2])
    bar = Bar(lambda: next(now))
    for step in (
        ProgressEvent(Phase.READ, "a", 1),
        ProgressEvent(Phase.READ, "a", 2),
        ProgressEvent(Phase.READ, "b", 3),
        ProgressEvent(Phase.READ, "b", 4),
    ):
        bar(step)
    shown = capsys.readouterr().err.split(WIPE)[1:]
    assert [line.split("  ")[1] for line in shown] == ["1 events", "3 events", "4 events"]


def test_a_build_gets_a_line_for_each_part_that_took_its_time() -> None:
    """Told when the part is done, with its events; quick parts have none."""
    now = iter([0.0, 2.4, 2.4, 2.5, 2.5, 9.5])
    told: list[str] = []
    lines = Lines(lambda: next(now), told.append)
    lines(ProgressEvent(Phase.READ, "x/a.csv", 10))
    lines(ProgressEvent(Phase.READ, "x/a.csv", 5000))
    lines(ProgressEvent(Phase.READ, "x/b.csv", 7))
    lines(ProgressEvent(Phase.BUILD))
    lines.end()
    lines.end()
    assert told == ["read x/a.csv: 5,000 events in 2 s", "built the log in 7 s"]


def test_a_build_log_holds_plain_lines_only(folder: Path) -> None:
    """No bar and no control characters, whatever takes how long there."""
    ran = run(folder, *LOAD, key=KEY, environ={"CI": "true"})
    assert ran.status == 0
    assert "\x1b" not in ran.err and "\r" not in ran.err and "%" not in ran.err


@pytest.mark.parametrize("environ", [{}, {"CI": "false"}, {"CI": "0"}])
def test_a_pipe_gets_no_progress(folder: Path, environ: dict[str, str]) -> None:
    """What a script reads from stderr are notes, the account and errors."""
    ran = run(folder, *LOAD, key=KEY, environ=environ)
    assert "\x1b" not in ran.err and "\r" not in ran.err
    assert not re.search("^(?:read|reading|built|linked) ", ran.err, re.MULTILINE)


def test_a_terminal_that_cannot_redraw_is_left_alone(folder: Path) -> None:
    """TERM=dumb: an editor's shell, a serial line."""
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb"):
        done = subprocess.run(
            [sys.executable, "-m", "cjmine", *LOAD],
            cwd=folder,
            env=environment(folder, KEY, TERM="dumb"),
            stdout=theirs,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            check=True,
        )
        os.close(theirs)
    assert b"\x1b" not in done.stderr


@pytest.mark.parametrize("typed", [("-q", *LOAD), (*LOAD, "-q"), ("--quiet", *LOAD)])
def test_quiet_leaves_the_account(folder: Path, typed: tuple[str, ...]) -> None:
    """Before the verb and after it: no progress, no note, no remark; every record accounted for."""
    ran = on_a_terminal(folder, *typed)
    assert ran.status == 0
    lines = ran.err.splitlines()
    assert [line.split()[0] for line in lines] == ["source", "a.csv"]
    assert lines == run(folder, *typed, key=KEY).err.splitlines()


def test_quiet_leaves_results_and_errors(folder: Path) -> None:
    """The result is the same, and an error is told in full."""
    loud, quiet = run(folder, "discover", "a.csv"), run(folder, "discover", "a.csv", "--quiet")
    assert quiet.stdout == loud.stdout != b""
    assert (quiet.err, "note[" in loud.err) == ("", True)
    loud, quiet = run(folder, "discover", "no.csv"), run(folder, "discover", "no.csv", "-q")
    assert quiet.err == loud.err != ""
    assert quiet.status == loud.status == 3


def test_what_is_shown_decides_nothing(folder: Path) -> None:
    """The same bytes on stdout with a terminal behind stderr, in CI and in a pipe."""
    typed = ("check", str(SAMPLE_LOGS), "-f", "json")
    seen = on_a_terminal(folder, *typed).stdout
    assert seen == run(folder, *typed).stdout == run(folder, *typed, environ={"CI": "1"}).stdout


def test_a_short_run_imports_nothing_to_draw(folder: Path) -> None:
    """Not even on a terminal."""
    script = (
        "import os, sys\nfrom cjmine.cli import main\nleave = os._exit\n"
        "def tell(status):\n    print('rich' in sys.modules, file=sys.stdout, flush=True)\n"
        "    leave(status)\nos._exit = tell\nmain()\n"
    )
    ran = run(folder, "discover", "a.csv", "-o", "a.json", "-q", python=("-c", script))
    assert ran.status == 0 and ran.out.endswith("False\n"), ran.out + ran.err
