"""`cjmine demo`: the main job on the sample logs."""

from __future__ import annotations

from cjmine.cli.screen import progress_bar, put, say

_GOAL = "Final bill mail"
_ENTRY = "Moving page"


def demo() -> None:
    """Read the sample logs of an invented energy supplier, and show the measured journeys.

    Clicks, calls and mails of people who move house; nothing is written or kept.
    """
    from cjmine.reporters.formats import Format
    from cjmine.reporters.registry import render
    from cjmine.workflows.demo import sample_folder
    from cjmine.workflows.discover import Question, discover, open_log

    folder = str(sample_folder())
    say(f'$ cjmine discover sample_logs --entry "{_ENTRY}" --goal "{_GOAL}"')
    with progress_bar() as progress:
        opened = open_log([folder], progress=progress)
    found = discover(opened.log, Question(goal=(_GOAL,), entry=(_ENTRY,), top=5))
    put(render(found, Format.TEXT))
    say("")
    say("These are invented customers; what is hidden in their logs: sample_logs/README.md")
    say("next, your own exports: cjmine sniff FILE, then cjmine discover FILE")
