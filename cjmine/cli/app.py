"""The tree of commands, and the one place where errors become messages and exit statuses."""

from __future__ import annotations

import gc
import os
import sys
from typing import Annotated

import typer

from cjmine import __version__
from cjmine.cli import (
    check,
    classify,
    compare,
    contact,
    demo,
    discover,
    doctor,
    draft,
    dropoff,
    explain,
    hints,
    ideas,
    identity,
    init,
    load,
    maturity,
    model,
    outliers,
    portfolio,
    priorities,
    privacy,
    report,
    satisfaction,
    schema,
    sniff,
    touchpoints,
    trend,
)
from cjmine.cli.command import Quiet
from cjmine.cli.interrupt import past_interruption
from cjmine.cli.map import map_
from cjmine.cli.screen import discard_the_rest, flush, say, show_error
from cjmine.connecting import said_by
from cjmine.errors import (
    CjmineError,
    Code,
    DataError,
    ExitStatus,
    OutputError,
    Place,
    Problem,
    UsageError,
)
from cjmine.memory_limit import out_of_memory
from cjmine.reporters.escaping import visible
from cjmine.temporary import undo_all

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
app.command("init", rich_help_panel="Start")(init.init)
app.command("touchpoints", rich_help_panel="Start")(touchpoints.touchpoints)
app.add_typer(classify.app, name="classify", rich_help_panel="Start")
app.command("load", rich_help_panel="Look")(load.load)
app.command("discover", rich_help_panel="Look")(discover.discover)
app.command("doctor", rich_help_panel="Look")(doctor.doctor)
app.command("map", rich_help_panel="Look")(map_)
app.command("draft", rich_help_panel="Compare")(draft.draft)
app.command("check", rich_help_panel="Compare")(check.check)
app.command("trend", rich_help_panel="Compare")(trend.trend)
app.command("compare", rich_help_panel="Compare")(compare.compare)
app.command("dropoff", rich_help_panel="Compare")(dropoff.dropoff)
app.command("hints", rich_help_panel="Compare")(hints.hints)
app.add_typer(ideas.app, name="ideas", rich_help_panel="Compare")
app.command("satisfaction", rich_help_panel="Compare")(satisfaction.satisfaction)
app.command("priorities", rich_help_panel="Compare")(priorities.priorities)
app.command("contact", rich_help_panel="Compare")(contact.contact)
app.command("outliers", rich_help_panel="Compare")(outliers.outliers)
app.command("portfolio", rich_help_panel="Manage")(portfolio.portfolio)
app.command("report", rich_help_panel="Compare")(report.report)
app.command("model", rich_help_panel="Compare")(model.model)
app.add_typer(identity.app, name="identity", rich_help_panel="Look")
app.command("maturity", rich_help_panel="Manage")(maturity.maturity)
app.add_typer(privacy.app, name="privacy", rich_help_panel="Privacy")
app.command("explain", rich_help_panel="Help")(explain.explain)
app.command("schema", rich_help_panel="Help")(schema.schema)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"cjmine {__version__} (AGPL-3.0-or-later)")
        raise typer.Exit


@app.callback()
def _start(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Compare the customer journey you designed with the journeys your logs show."""


def run() -> None:
    """Run the command line and leave with the status that DESIGN section 9 promises.

    The process ends at once: taking down millions of values would take longer than reading them.
    """
    # Matrices here are tiny; starting threads for them takes longer than all the rest of NumPy.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    said_by(lambda line: say(visible(line)))
    gc.disable()  # one short run makes millions of values and no cycles worth looking for
    status = _run()
    past_interruption()
    undo_all()  # what is held until the end, such as a connection to a cluster
    if sys.stderr is not None:
        sys.stderr.flush()
    os._exit(status)


def _run() -> int:
    try:
        status = int(app(prog_name="cjmine", standalone_mode=False) or ExitStatus.DONE)
        flush()
    except CjmineError as error:
        show_error(error)
        return error.exit_status
    except (KeyboardInterrupt, typer.Abort):
        say("interrupted; nothing was left half-written")
        status = ExitStatus.INTERRUPTED
    except SystemExit as ended:
        # The framework ends so when its help is not read to the end.
        if not isinstance(ended.__context__, BrokenPipeError):
            raise
        discard_the_rest()
        status = ExitStatus.DONE
    except Exception as error:
        return _unexpected(error)
    return status


def _unexpected(error: Exception) -> int:
    """Mistakes on the command line are worded by the framework; anything else is our mistake."""
    worded, status = getattr(error, "format_message", None), getattr(error, "exit_code", None)
    if callable(worded) and isinstance(status, int):
        if type(error).__name__ != "NoArgsIsHelpError":  # the help is all that it says
            show_error(_usage(str(worded()), getattr(error, "ctx", None)))
        return status
    if isinstance(error, PermissionError):  # outputs word theirs; this is a file to read
        show_error(_closed(error))
        return ExitStatus.DATA
    if isinstance(error, MemoryError) or "can't start new thread" in str(error):
        show_error(out_of_memory())
        return ExitStatus.DATA
    if isinstance(error, OSError):
        cause = getattr(error, "strerror", None) or type(error).__name__
        show_error(OutputError(Problem(Code.OUTPUT_FAILED, "the system refused", cause=cause)))
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


def _closed(error: PermissionError) -> DataError:
    return DataError(
        Problem(
            Code.FILE_UNREADABLE,
            "the file or folder cannot be read",
            Place(str(error.filename)),
            cause=error.strerror or "",
            remedy="check its permissions",
        )
    )


def _usage(said: str, context: typer.Context | None) -> UsageError:
    message = said.replace("Value error, ", "").rstrip(".")
    command = context.command_path if context is not None else "cjmine"
    return UsageError(
        Problem(Code.USAGE, message[:1].lower() + message[1:], remedy=f"{command} --help")
    )
