"""Progress of long work: a bar on a terminal, lines in CI, nothing in a pipe."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cjmine.cli.screen import draw, is_quiet, say, wipe
from cjmine.progress import Phase, Progress, ProgressEvent, no_progress
from cjmine.reporters.escaping import visible

_BAR = 20
_REDRAWN = 0.1  # seconds
_LONG = 3.0  # seconds of work from which on the time left is shown
_TOLD_IN_CI = 1.0  # seconds that a part must take to have a line in CI
_DONE = {
    Phase.LOOK: "looked at",
    Phase.READ: "read",
    Phase.LINK: "linked customers",
    Phase.BUILD: "built the log",
    Phase.ALIGN: "aligned",
    Phase.COUNT: "counted",
    Phase.DRAW: "drew",
    Phase.WRITE: "wrote",
}
Clock = Callable[[], float]


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A function that shows the events it gets, until the block ends."""
    if is_quiet() or sys.stderr is None:
        yield no_progress
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        try:
            yield Bar(time.monotonic)
        finally:
            wipe()
    elif os.environ.get("CI", "").lower() not in ("", "0", "false"):
        lines = Lines(time.monotonic, say)
        yield lines
        lines.end()
    else:
        yield no_progress


class Bar:
    """One line of the terminal, drawn over and over: phase and source, how far, how long yet."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._part = ("", "")
        self._drawn = self._began = clock()

    def __call__(self, event: ProgressEvent) -> None:
        """Draw an event, unless one of the same part was drawn a moment ago."""
        now, part = self._clock(), (event.phase, event.what)
        if event.phase is Phase.READ and self._part[0] != Phase.READ:
            self._began = now
        if part == self._part and now - self._drawn < _REDRAWN:
            return
        self._part, self._drawn = part, now
        draw(bar_line(event, now - self._began, _width()))


class Lines:
    """A line for each part that took its time, when it is done: what a build's log can hold."""

    def __init__(self, clock: Clock, tell: Callable[[str], None]) -> None:
        self._clock, self._tell = clock, tell
        self._step: ProgressEvent | None = None
        self._began = 0.0

    def __call__(self, step: ProgressEvent) -> None:
        """Take a step; one of another part ends the part before it."""
        last = self._step
        if last is None or (last.phase, last.what) != (step.phase, step.what):
            self.end()
            self._began = self._clock()
        self._step = step

    def end(self) -> None:
        """Report the last part."""
        if self._step is None:
            return
        took = self._clock() - self._began
        if took >= _TOLD_IN_CI:
            name = f" {visible(self._step.what)}" if self._step.what else ""
            events = f": {self._step.events:,} events" if self._step.events else ""
            self._tell(f"{_DONE[self._step.phase]}{name}{events} in {took:.0f} s")
        self._step = None


def bar_line(event: ProgressEvent, elapsed: float, width: int) -> str:
    """The line that shows an event; `elapsed` is in seconds since reading began.

    Coloured where stderr is a terminal that knows colours, one column shorter than `width` so that
    it never wraps.
    """
    from rich.console import Console
    from rich.progress_bar import ProgressBar
    from rich.table import Column, Table
    from rich.text import Text

    facts: list[Text | ProgressBar] = []
    if event.share is not None:
        # Only what is done is 100 %.
        percent = min(round(100 * event.share), 100 if event.share >= 1 else 99)
        facts.append(ProgressBar(total=1.0, completed=event.share, width=_BAR))
        facts.append(Text(f"{percent:>3} %"))
    if event.events:
        facts.append(Text(f"{event.events:,} events"))
    left = time_left(elapsed, event.whole)
    if left is not None:
        facts.append(Text(f"about {_spelt(left)} left"))
    widths = [one.cell_len if isinstance(one, Text) else _BAR for one in facts]
    name = Text(visible(f"{event.phase} {os.path.basename(event.what)}".rstrip()))
    # The name gives way to the figures.
    name.truncate(max(width - 1 - sum(widths) - 2 * len(widths), 12), overflow="ellipsis")
    line = Table.grid(*(Column(no_wrap=True) for _ in (name, *facts)), padding=(0, 2, 0, 0))
    line.add_row(name, *facts)
    console = Console(file=sys.stderr, width=width - 1)
    with console.capture() as drawn:
        console.print(line, end="")
    return drawn.get().rstrip("\n").rstrip()


def time_left(elapsed: float, whole: float | None) -> float | None:
    """Seconds of reading that are left by what was read so far; None for short or unknown work.

    >>> time_left(10.0, 0.25), time_left(1.0, 0.5), time_left(10.0, None)
    (30.0, None, None)
    """
    if not whole or whole >= 1 or elapsed / whole <= _LONG:
        return None
    return elapsed * (1 - whole) / whole


def _spelt(seconds: float) -> str:
    if seconds < 90:
        return f"{max(round(seconds), 1)} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def _width() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except OSError:
        return 80
