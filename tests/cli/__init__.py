"""The command line as a shell sees it; a package, because `cli.py` beside it has the same name."""
