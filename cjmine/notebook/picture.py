"""A picture in a notebook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.output import Access, write_bytes, write_text
from cjmine.reporters.language import Lang

PICTURES = (".svg", ".png", ".dot")
File = str | PathLike[str]


@dataclass(frozen=True, repr=False)
class Picture:
    """A picture that shows itself in a notebook, and is saved by the suffix of the file.

    `svg` is the picture itself; `title` says what it shows.
    """

    title: str
    svg: str = field(repr=False)
    make_dot: Callable[[], str] | None = field(repr=False, default=None)
    release: bool = False

    def dot(self) -> str:
        """The picture in the language of Graphviz; only flow maps have it.

        Raises UsageError U101 for others.
        """
        if self.make_dot is None:
            raise UsageError(
                Problem(
                    Code.USAGE,
                    f"{self.title} cannot be written as DOT",
                    remedy="a flow map can: discover(…).map(); others are .svg or .png",
                )
            )
        return self.make_dot()

    def save(self, file: File) -> None:
        """Write the picture, whole or not at all; the suffix decides: .svg, .png or .dot.

        Raises UsageError U101 for another suffix, OutputError O101, O103.
        """
        path, access = Path(file), Access.of(self.release)
        match path.suffix.lower():
            case ".svg":
                write_text(path, self.svg + "\n", access)
            case ".dot":
                write_text(path, self.dot(), access)
            case ".png":
                from cjmine.diagrams.png import png_of

                write_bytes(path, png_of(self.svg), access)
            case _:
                raise UsageError(
                    Problem(
                        Code.USAGE,
                        "the suffix of the output file names no picture",
                        Place(str(file)),
                        remedy="use one of " + ", ".join(PICTURES),
                    )
                )

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<cjmine.Picture {self.title}>"


def spoken(lang: str) -> Lang:
    """The language of a picture by its code. Raises UsageError U101 for one that is not spoken."""
    try:
        return Lang(lang)
    except ValueError:
        raise UsageError(
            Problem(
                Code.USAGE,
                "pictures do not speak this language",
                remedy="use one of " + ", ".join(Lang),
            )
        ) from None
