"""The command line: thin commands, one module a verb; everything is done by the verbs."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run the command line; from the first import on it can be interrupted."""
    from cjmine.cli.interrupt import heed_interruptions

    heed_interruptions()
    from cjmine.cli.app import run

    run()
