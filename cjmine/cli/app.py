"""The tree of commands, and the one place where errors become messages and exit statuses."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from cjmine import __version__
from cjmine.cli import demo, discover, load, privacy, sniff
from cjmine.cli.screen import say, show_error
from cjmine.errors import CjmineError, ExitStatus

app = typer.Typer(
    name="cjmine",
    help="Compare the customer journey you designed with the journeys your logs show.",
    epilog="Start with: cjmine demo. Nothing ever leaves this machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command("demo", rich_help_panel="Start")(demo.demo)
app.command("sniff", rich_help_panel="Start")(sniff.sniff)
app.command("load", rich_help_panel="Look")(load.load)
app.command("discover", rich_help_panel="Look")(discover.discover)
app.add_typer(privacy.app, name="privacy", rich_help_panel="Privacy")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"cjmine {__version__} (AGPL-3.0-or-later)")
        raise typer.Exit


@app.callback()
def _start(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Compare the customer journey you designed with the journeys your logs show."""


def main() -> None:
    """Run the command line and leave with the status that DESIGN section 9 promises."""
    sys.exit(_run())


def _run() -> int:
    try:
        status = app(standalone_mode=False)
        _flush()
        return int(status or ExitStatus.DONE)
    except CjmineError as error:
        show_error(error)
        return error.exit_status
    except (KeyboardInterrupt, typer.Abort):
        say("interrupted; nothing was left half-written")
        return ExitStatus.INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitStatus.DONE
    except Exception as error:
        return _unexpected(error)


def _unexpected(error: Exception) -> int:
    """Usage errors of the command line show themselves; anything else is our mistake."""
    show, status = getattr(error, "show", None), getattr(error, "exit_code", None)
    if callable(show) and isinstance(status, int):
        from typer.rich_utils import rich_format_error

        rich_format_error(error)  # type: ignore[arg-type]
        return status
    if isinstance(error, MemoryError | OSError) and not isinstance(error, BrokenPipeError):
        say(f"error[O101]: the system refused: {type(error).__name__}")
        return ExitStatus.OUTPUT
    if os.environ.get("CJMINE_DEBUG"):
        import traceback

        traceback.print_exception(error)
    spot = error.__traceback__
    while spot is not None and spot.tb_next is not None:
        spot = spot.tb_next
    where = (
        f"{os.path.basename(spot.tb_frame.f_code.co_filename)}:{spot.tb_lineno}" if spot else "?"
    )
    say(f"error[X101]: cjmine made a mistake ({type(error).__name__} at {where})")
    say("   = please report it; CJMINE_DEBUG=1 shows where it happened")
    return ExitStatus.INTERNAL


def _flush() -> None:
    sys.stdout.flush()
