"""A launcher for a checkout: `python cli.py discover …`. Installed, the command is `cjmine`."""

from cjmine.cli import main

if __name__ == "__main__":
    main()
