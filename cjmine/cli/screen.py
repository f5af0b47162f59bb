"""Data goes to stdout, everything else to stderr; labels are made visible on the way."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import replace

from cjmine.cli.colour import coloured
from cjmine.errors import CjmineError, Code, Note, OutputError, Place, Problem
from cjmine.reporters.escaping import visible
from cjmine.reporters.language import Lang
from cjmine.reporters.terminal import NARROW, WIDE
from cjmine.shown_paths import shown_path

_WIPE = "\r\x1b[K"
_quiet = False
_drawn = False


def hush(wanted: bool = True) -> None:
    """Show no progress, notes and remarks from now on; errors and results stay."""
    global _quiet
    _quiet = _quiet or wanted


def is_quiet() -> bool:
    """Whether only errors and results are wanted."""
    return _quiet


def draw(line: str) -> None:
    """Draw a line on the terminal behind stderr that the next one, or any text, replaces."""
    global _drawn
    _drawn = True
    _write(_WIPE + line)


def wiping() -> bytes:
    """What removes the line that is drawn at present; nothing where none is."""
    return _WIPE.encode() if _drawn else b""


def wipe() -> None:
    """Remove the line that is drawn."""
    global _drawn
    if _drawn:
        _write(_WIPE)
        _drawn = False


def put(text: str) -> None:
    """Write a result to stdout: UTF-8 whatever the locale, as far as a terminal can show it.

    Raises OutputError O101. A reader who has seen enough (`| head`) is no error.
    """
    wipe()
    if sys.stdout is None:
        raise _unwritten("it is closed")
    text = coloured(text, sys.stdout)
    if sys.stdout.isatty():
        encoding = sys.stdout.encoding or "utf-8"
        shown = text.encode(encoding, "replace")
    else:
        shown = text.encode("utf-8", "surrogateescape")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(shown)
    except BrokenPipeError:
        discard_the_rest()
    except OSError as error:
        discard_the_rest()
        raise _unwritten(error.strerror or type(error).__name__) from None
    flush()


def screen_width() -> int:
    """The columns of the terminal behind stdout, from 80 to 160, and COLUMNS before all; else 80.

    So a file or a pipe gets the same bytes wherever the command runs.
    """
    if sys.stdout is None or not sys.stdout.isatty():
        return NARROW
    return max(NARROW, min(shutil.get_terminal_size().columns, WIDE))


def flush() -> None:
    """Write out what is in the buffer of stdout. Raises OutputError O101."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        discard_the_rest()
    except OSError as error:
        discard_the_rest()
        raise _unwritten(error.strerror or type(error).__name__) from None


def discard_the_rest(descriptor: int = 1) -> None:
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
    """Write one line to stderr; a closed stderr is no error."""
    wipe()
    _write(coloured(line, sys.stderr) + "\n")


def remark(line: str) -> None:
    """Say what a run can go without: what was written, what to do next."""
    if not _quiet:
        say(line)


def _write(text: str) -> None:
    stream = sys.stderr
    if stream is None:
        return
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except OSError:
        discard_the_rest(2)


def say_notes(notes: Iterable[Note], lang: Lang = Lang.EN) -> None:
    """Print what was assumed or left out."""
    from cjmine.reporters.language import language
    from cjmine.reporters.notes import note_text

    for note in notes:
        remark(f"note[{note.code}]: {visible(note_text(note, language(lang)))}")


def show_error(error: CjmineError) -> None:
    """Show every problem: code, message, place, cause, remedy."""
    for problem in error.problems:
        say(f"error[{problem.code}]: {visible(problem.message)}")
        place = problem.place
        if place.file is not None:
            place = replace(place, file=shown_path(place.file))
        if str(place):
            say(f"  --> {visible(str(place))}")
        if problem.cause:
            say(f"   = because: {visible(problem.cause)}")
        if problem.remedy:
            say(f"   = try: {visible(problem.remedy)}")
