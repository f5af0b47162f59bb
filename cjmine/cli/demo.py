"""`cjmine demo`: the main job on the sample logs."""

from __future__ import annotations

from cjmine.cli.command import command
from cjmine.cli.progress import progress_bar
from cjmine.cli.screen import put, remark, screen_width


@command
def demo() -> None:
    """Check the sample logs of an invented energy supplier against its ideal journey.

    Clicks, calls and mails of people who move house; nothing is written or kept.
    """
    from cjmine.ingest.open_log import open_log
    from cjmine.reporters.formats import Asked, Format
    from cjmine.reporters.registry import render
    from cjmine.verbs.check import check
    from cjmine.verbs.demo import sample_folder
    from cjmine.verbs.ideals import JOURNEY_NAME, read_ideal

    folder = sample_folder()
    remark(f"$ cjmine check sample_logs --ideal sample_logs/{JOURNEY_NAME}")
    ideal = read_ideal(folder / JOURNEY_NAME, f"sample_logs/{JOURNEY_NAME}")
    with progress_bar() as progress:
        opened = open_log([str(folder)], progress=progress)
        outcome = check(opened.log, ideal, progress=progress)
    put(render(outcome.checked, Format.TEXT, Asked(width=screen_width())))
    remark("")
    remark("These are invented customers; what is hidden in their logs: sample_logs/README.md")
    remark('next: cjmine discover sample_logs --goal "Final bill mail", without an ideal journey')
    remark("      cjmine report sample_logs -o report.html, the same with pictures")
    remark("      cjmine dropoff sample_logs, when journeys arrive and where they are left")
    remark("      cjmine compare sample_logs --change 2026-03-16, what a new form has changed")
    remark("      cjmine trend sample_logs, since when")
    remark("      cjmine priorities sample_logs, what to fix first")
    remark("      cjmine sniff FILE, for your own exports")
