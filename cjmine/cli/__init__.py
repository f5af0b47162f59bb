"""The command line: thin commands, one module a verb; everything is done by the workflows."""

from cjmine.cli.app import main

__all__ = ["main"]
