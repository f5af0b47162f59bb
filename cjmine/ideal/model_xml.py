"""The XML of a process model file as a tree of tags: one vocabulary, without what vendors add.

Tags and attributes of other namespaces than that of the root say nothing about the process, and
are left out. What could read another file, expand or grow is refused: document types, deep nesting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.regular_files import regular

LARGEST = 10_000_000
DEEPEST = 100
_REMEDY = "export it again as BPMN 2.0 or PNML"


@dataclass(slots=True)
class Tag:
    """An XML element: its name without prefix, the line where it begins, and what is in it."""

    name: str
    line: int
    text: str = ""
    children: list[Tag] = field(default_factory=list)
    _attributes: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """The value of an attribute without prefix; empty where there is none."""
        return self._attributes.get(name, "")

    def all(self, name: str) -> Iterator[Tag]:
        """The children of one name, in the order of the file."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> Tag | None:
        """The first child of one name."""
        return next(self.all(name), None)


def read_tags(path: Path, label: str) -> Tag:
    """The root of a file, with everything below it that is of its namespace.

    Raises
    ------
    UsageError
        J112: the file cannot be read, is too large, no well-formed XML, nested too deeply, or has
        a document type.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise unusable(label, "the file is larger than ten megabytes")
        raw = regular(path).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        cause = getattr(error, "strerror", None) or "it cannot be read"
        raise unusable(label, cause, remedy="check the name") from None
    return _Tree(label).parsed(raw)


def unusable(label: str, cause: str, line: int | None = None, remedy: str = _REMEDY) -> UsageError:
    """The error for a model that cannot be compared with, and what to do about it."""
    return UsageError(
        Problem(
            Code.JOURNEY_MODEL,
            "the process model cannot serve as an ideal journey",
            Place(label, line),
            cause=cause,
            remedy=remedy,
        )
    )


class _Tree:
    """One pass through the bytes of one file."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._open: list[Tag | None] = []  # None: inside a tag of another namespace
        self._root: Tag | None = None
        self._space = ""
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse_document_type
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._say

    def parsed(self, raw: bytes) -> Tag:
        try:
            self._parser.Parse(raw, True)
        except expat.ExpatError as error:
            raise unusable(self._label, "it is not well-formed XML", error.lineno) from None
        except (ValueError, LookupError):  # an encoding that expat does not take
            raise unusable(
                self._label, "its encoding is not known", remedy="save it as UTF-8"
            ) from None
        assert self._root is not None
        return self._root

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= DEEPEST:
            raise unusable(
                self._label,
                f"it is nested more than {DEEPEST} deep",
                self._parser.CurrentLineNumber,
                "draw the inner parts as models of their own",
            )
        space, _, local = name.rpartition(" ")
        if not self._open:
            self._space = space
        if space != self._space or (self._open and self._open[-1] is None):
            self._open.append(None)
            return
        own = {key: value for key, value in attributes.items() if " " not in key}
        tag = Tag(local, self._parser.CurrentLineNumber, _attributes=own)
        if self._open and self._open[-1] is not None:
            self._open[-1].children.append(tag)
        else:
            self._root = tag
        self._open.append(tag)

    def _end(self, name: str) -> None:
        self._open.pop()

    def _say(self, text: str) -> None:
        if self._open and self._open[-1] is not None:
            self._open[-1].text += text

    def _refuse_document_type(self, *_: object) -> None:
        raise unusable(
            self._label,
            "it has a document type",
            self._parser.CurrentLineNumber,
            "delete the line that begins with <!DOCTYPE; nothing in it is needed",
        )
