"""The text of a journey file as YAML nodes, in one pass whose work is limited.

The nodes are put together from the events of PyYAML's parser, because its own composer recurses
once a level and follows aliases. libyaml's parser is used where PyYAML was built with it. What
libyaml refuses is read again by PyYAML's own parser: it accepts a little more (`{a:, b: 1}`) and
places some mistakes better, and so errors do not depend on how PyYAML was built.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from cjmine.errors import Code, Place, Problem, UsageError
from cjmine.ideal.nodes import Mark
from cjmine.ideal.yaml_nodes import Problems

DEEPEST = 100  # parts may nest 30 deep, and each is at most a mapping and a list
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# What YAML does not allow, and a byte order mark inside the text, which libyaml does not.
_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def compose(
    text: str, problems: Problems, first: str = "cjmine draft LOG writes a first one"
) -> yaml.Node | None:
    """The root node of the one document of a file; None with a problem (J104) where there is none.

    `first` says how one gets a file that is not empty.

    Aliases are refused, so that the nodes are a tree no larger than the text; so is nesting deeper
    than `DEEPEST`, before the parser reads on.

    >>> [(key.value, value.value) for key, value in compose("journey: x", Problems("y")).value]
    [('journey', 'x')]
    """
    bad = _FORBIDDEN.search(text)
    if bad:
        before = text[: bad.start()]
        at = Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))
        problems.add(
            Code.JOURNEY_SYNTAX, at, "a character that YAML does not allow", remedy="delete it"
        )
        return None
    try:
        root = _document(text, problems.file)
    except UsageError as refused:
        problems.found += refused.problems
        return None
    except yaml.MarkedYAMLError as error:
        _add_syntax(error, text, problems)
        return None
    except (ValueError, OverflowError):  # an escape such as \UFFFFFFFF is no character
        problems.add(Code.JOURNEY_SYNTAX, Mark(1, 1), "the file is not valid YAML")
        return None
    if root is None or (isinstance(root, yaml.ScalarNode) and not root.value.strip()):
        problems.add(Code.JOURNEY_SYNTAX, Mark(1, 1), "the file is empty", remedy=first)
        return None
    return root


def _document(text: str, file: str) -> yaml.Node | None:
    try:
        return _root(LOADER(text), text, file)
    except (yaml.YAMLError, ValueError, OverflowError):
        if LOADER is yaml.SafeLoader:
            raise
        return _root(yaml.SafeLoader(text), text, file)


def _root(loader: Any, text: str, file: str) -> yaml.Node | None:
    """Build the nodes event by event; `levels` holds the nodes of each level that is still open."""
    levels: list[list[yaml.Node]] = [[]]
    try:
        while not loader.check_event(yaml.StreamEndEvent):
            event = loader.get_event()
            start: Any = event.start_mark
            match event:
                case yaml.DocumentStartEvent() if levels[0]:
                    raise yaml.composer.ComposerError(
                        None, None, "a second document begins here", start
                    )
                case yaml.AliasEvent():
                    at = Mark(start.line + 1, start.column + 1)
                    raise _refused(
                        file,
                        at,
                        "anchors and aliases of YAML are not read",
                        "write what it refers to in its place",
                    )
                case yaml.ScalarEvent():
                    levels[-1].append(_scalar(event, loader, text))
                case yaml.SequenceStartEvent():
                    levels[-1].append(yaml.SequenceNode("", [], start))
                    levels.append([])
                case yaml.MappingStartEvent():
                    levels[-1].append(yaml.MappingNode("", [], start))
                    levels.append([])
                case yaml.CollectionEndEvent():
                    inner = levels.pop()
                    is_map = isinstance(levels[-1][-1], yaml.MappingNode)
                    pairs = list(zip(inner[::2], inner[1::2], strict=True)) if is_map else inner
                    levels[-1][-1].value = pairs
            if len(levels) > DEEPEST:
                raise _refused(
                    file, Mark(1, 1), "the file is nested too deeply", "take parts out of others"
                )
    finally:
        loader.dispose()
    return levels[0][0] if levels[0] else None


def _refused(file: str, at: Mark, message: str, remedy: str) -> UsageError:
    """What YAML allows and a file of cjmine does not."""
    place = Place(file, at.line, position=at.column)
    return UsageError(Problem(Code.JOURNEY_SYNTAX, message, place, remedy=remedy))


def _scalar(event: yaml.ScalarEvent, loader: Any, text: str) -> yaml.ScalarNode:
    tag = event.tag
    if tag is None or tag == "!":
        tag = loader.resolve(yaml.ScalarNode, event.value, event.implicit)
    start: Any = event.start_mark
    if not event.value and not event.style:
        start = _behind(start, text)
    return yaml.ScalarNode(tag, event.value, start)


def _behind(mark: Any, text: str) -> yaml.Mark:
    """The place right behind the last sign before a mark: there an empty value begins.

    libyaml places an empty value of a flow mapping at the next token, PyYAML behind the colon.
    """
    index = mark.index
    while index and text[index - 1] in " \t\r\n":
        index -= 1
    line = mark.line - text.count("\n", index, mark.index)
    if mark.index >= len(text):  # libyaml's end is on a line of its own
        line = text.count("\n", 0, index)
    column = index - text.rfind("\n", 0, index) - 1
    return yaml.Mark(mark.name, index, line, column, None, 0)


def _add_syntax(error: yaml.MarkedYAMLError, text: str, problems: Problems) -> None:
    """What the parser says, at its place, with what usually helps."""
    spot = error.problem_mark or error.context_mark
    at = Mark(spot.line + 1, spot.column + 1) if spot else Mark(1, 1)
    lines = text.splitlines()
    line = lines[at.line - 1] if at.line <= len(lines) else ""
    remedy = 'put budgets in quotes: ">= 35%"' if ">" in line else "check quotes and indents"
    if line[: at.column].endswith("\t"):
        remedy = "indent with spaces: YAML allows no tabs there"
    if isinstance(error, yaml.composer.ComposerError):
        remedy = "take out the line ---, or write the second document to a file of its own"
    said = error.problem or error.context or "it cannot be read"
    problems.add(Code.JOURNEY_SYNTAX, at, "the file is not valid YAML", said, remedy)
