"""Data goes to stdout, everything else to stderr; labels are made visible on the way."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from cjmine.errors import CjmineError, Code, Note, OutputError, Place, Problem
from cjmine.reporters.clean import visible

Progress = Callable[[str, int], None]


def put(text: str) -> None:
    """Write a result to stdout: UTF-8 whatever the locale, as far as a terminal can show it.

    Raises OutputError O101. A reader who has seen enough (`| head`) is no error.
    """
    if sys.stdout is None:
        raise _unwritten("it is closed")
    if sys.stdout.isatty():
        encoding = sys.stdout.encoding or "utf-8"
        shown = text.encode(encoding, "replace")
    else:
        shown = text.encode("utf-8", "surrogateescape")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(shown)
    except BrokenPipeError:
        nobody_reads()
    except OSError as error:
        nobody_reads()
        raise _unwritten(error.strerror or type(error).__name__) from None
    flush()


def flush() -> None:
    """Let everything that stands in the buffer of stdout go. Raises OutputError O101."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        nobody_reads()
    except OSError as error:
        nobody_reads()
        raise _unwritten(error.strerror or type(error).__name__) from None


def nobody_reads(descriptor: int = 1) -> None:
    """Send the rest of stdout (or stderr) nowhere, so that leaving does not fail on it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)


def _unwritten(cause: str) -> OutputError:
    return OutputError(
        Problem(
            Code.OUTPUT_FAILED,
            "the result cannot be written",
            Place("standard output"),
            cause=cause,
            remedy="-o FILE writes it to a file",
        )
    )


def say(line: str) -> None:
    """Write one line to stderr; where nobody listens, the work goes on all the same."""
    stream = sys.stderr
    if stream is None:
        return
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        stream.flush()
    except OSError:
        nobody_reads(2)


def say_notes(notes: Iterable[Note]) -> None:
    """Tell what was assumed or left out."""
    for note in notes:
        say(f"note[{note.code}]: {visible(note.text)}")


def show_error(error: CjmineError) -> None:
    """Show every problem: code, message, place, cause, remedy."""
    for problem in error.problems:
        say(f"error[{problem.code}]: {visible(problem.message)}")
        if str(problem.place):
            say(f"  --> {visible(str(problem.place))}")
        if problem.cause:
            say(f"   = because: {visible(problem.cause)}")
        if problem.remedy:
            say(f"   = try: {visible(problem.remedy)}")


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A line for each source while it is read, told of further events; on a terminal only."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _name, _events: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.text import Text

    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[label]}", markup=False),
        TextColumn("{task.completed:,.0f} events", markup=False),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}
        running: TaskID | None = None

        def tell(name: str, further: int) -> None:
            nonlocal running
            if name not in tasks:
                tasks[name] = bars.add_task("", total=None, label=Text(visible(name)))
            if running not in (None, tasks[name]):  # they are read one after the other
                bars.update(running, total=bars.tasks[running].completed)
            running = tasks[name]
            bars.update(running, advance=further)

        yield tell
