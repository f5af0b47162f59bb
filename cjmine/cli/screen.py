"""Data goes to stdout, everything else to stderr; labels are made visible on the way."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from cjmine.errors import CjmineError, Note
from cjmine.reporters.clean import visible

Progress = Callable[[str, int], None]


def put(text: str) -> None:
    """Write a result to stdout: UTF-8 whatever the locale, as far as a terminal can show it."""
    if sys.stdout.isatty():
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
    sys.stdout.flush()


def say(line: str) -> None:
    """Write one line to stderr."""
    stream = sys.stderr
    encoding = stream.encoding or "utf-8"
    stream.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")
    stream.flush()


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
    """A line for each source while it is read; on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _name, _events: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.text import Text

    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[label]}", markup=False),
        TextColumn("{task.completed:,.0f} events", markup=False),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, object] = {}

        def tell(name: str, events: int) -> None:
            label = Text(visible(name))
            if name not in tasks:
                tasks[name] = bars.add_task("", total=None, label=label)
            bars.update(tasks[name], completed=events)  # type: ignore[arg-type]

        yield tell
