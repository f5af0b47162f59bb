"""XES as a stream: events with the attributes that are wanted, in memory that does not grow.

Expat takes the XML apart; this module follows the depth and picks `log > trace > event`. What
could read another file, expand or grow is refused: any document type, endless tokens, deep nesting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from xml.parsers import expat

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.budgets import DEEPEST

LONGEST_SILENCE = 4 << 20  # bytes in which no element ends
LONGEST_PROLOG = 1 << 16  # bytes before the first element
LONGEST_VALUE = 1 << 16  # characters of a value that is read
MOST_NAMES = 10_000  # distinct names of elements and XML attributes; XES needs about twenty
BLOCK_EVENTS = 100_000
BLOCK_BYTES = 32 << 20
_SIP = 64
_IN_EVENT, _IN_TRACE, _IN_LOG = 4, 3, 2  # the depth of an element, itself included


@dataclass(frozen=True, slots=True)
class Wanted:
    """The keys of the attributes to read: of events, and of the traces around them."""

    event: tuple[str, ...]
    trace: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """A trace: its number in the file (0: outside any trace), and its wanted attributes.

    `first` is the position of its first event in the block.
    """

    number: int
    first: int
    values: list[str | None] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Block:
    """Some whole events in file order: the lines they start on, and their wanted attributes.

    `values` holds the attributes of one event after those of another; `first` is the number that
    the first event has in the file.
    """

    first: int
    lines: list[int]
    values: list[str | None] = field(repr=False)
    traces: list[Trace] = field(repr=False)


def blocks(pieces: Iterable[bytes], label: str, wanted: Wanted) -> Iterator[Block]:
    """Parse the bytes of a log and hand over its events block by block; at least one block.

    A block ends between two traces, or inside a trace that would fill a block by itself.
    Raises DataError L103 empty, L114 unknown encoding, L118 malformed or without end,
    L119 a document type, L122 no log, or a trace attribute that comes too late.
    """
    walk = _Walk(label, wanted, None)
    size = held = 0
    for piece in pieces:
        walk.feed(piece)
        size += len(piece)
        held += len(piece)
        if len(walk.lines) >= BLOCK_EVENTS or held >= BLOCK_BYTES:
            held = 0
            yield walk.cut()
    if not size:
        raise DataError(Problem(Code.FILE_EMPTY, "the file is empty", Place(label)))
    walk.parse(b"", last=True)
    yield walk.cut(everything=True)


def keys_in(piece: bytes, label: str, wanted: Wanted) -> tuple[Block, tuple[str, ...]]:
    """The events that begin in the first bytes of a log, and the keys of all attributes met.

    The bytes may stop anywhere. Keys of traces get the prefix `case:`. Raises as `blocks`.
    """
    seen: dict[str, None] = {}
    walk = _Walk(label, wanted, seen)
    walk.feed(piece)
    return walk.cut(everything=True), tuple(seen)


class _Walk:
    """One pass through one file."""

    def __init__(self, label: str, wanted: Wanted, seen: dict[str, None] | None) -> None:
        self.lines: list[int] = []
        self._label, self._wanted = label, wanted
        self._values: list[str | None] = []
        self._traces: list[Trace] = []
        self._first, self._trace_count = 1, 0
        self._rooted = self._in_trace = self._split = False
        self._silence = self._prolog = 0
        # The values of the event at hand are the last ones: its slots count from the end.
        self._event_slot = _finder(wanted.event, -len(wanted.event), "", seen)
        self._trace_slot = _finder(wanted.trace, 0, "case:", seen)
        self._parser = expat.ParserCreate()
        self._parser.ordered_attributes = True
        self._parser.StartDoctypeDeclHandler = self._refuse_document_type
        self._settle = self._set_handlers()

    def feed(self, piece: bytes) -> None:
        """Parse some more bytes; up to the first element in sips, so that a refusal is at once."""
        position = 0
        while not self._rooted and position < len(piece):
            self.parse(piece[position : position + _SIP])
            position += _SIP
            self._prolog += _SIP
            if self._prolog > LONGEST_PROLOG and not self._rooted:
                raise self._malformed("no element starts within the first 64 KiB")
        self.parse(piece[position:])
        self._silence = 0 if self._settle() else self._silence + len(piece)
        if self._silence > LONGEST_SILENCE:
            raise self._malformed("no element ends within 4 MiB")
        if len(self._parser.intern) > MOST_NAMES:
            raise self._malformed(f"more than {MOST_NAMES:,} distinct names of elements")

    def parse(self, data: bytes, last: bool = False) -> None:
        """Let expat parse; its problems come out in our words and without the data."""
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as error:
            words = f"{expat.ErrorString(error.code)}, at character {error.offset + 1} of the line"
            cause = "the file ends too early" if last else ""
            raise self._malformed(words, cause, error.lineno) from None
        except (LookupError, ValueError):
            if self._rooted:
                raise
            unknown = "the encoding that the XML declaration names is not known"
            place = Place(self._label, 1)
            remedy = "export it as UTF-8"
            raise DataError(Problem(Code.ENCODING, unknown, place, remedy=remedy)) from None

    def cut(self, everything: bool = False) -> Block:
        """Hand over what is complete: all traces but the last, or else all events but the last."""
        end = len(self.lines)
        if not everything and self._traces:
            end = self._traces[-1].first or max(0, end - 1)
            self._split = self._split or 0 == self._traces[-1].first < end
        values = end * len(self._wanted.event)
        traces = [trace for trace in self._traces if trace.first < end]
        block = Block(self._first, self.lines[:end], self._values[:values], traces)
        self._first += end
        del self.lines[:end], self._values[:values]
        self._traces = [replace(trace, first=0) for trace in self._traces[-1:]]
        return block

    def _set_handlers(self) -> Callable[[], int]:
        """Set the handlers; gives what settles the depth and returns how many elements ended.

        This is where the time goes, hence closures. The end handler is the `append` of a list,
        and the depth is the number of starts less the length of that list.
        """
        starts, ends, values, lines = 0, list[str](), self._values, self.lines
        blank: list[str | None] = [None] * len(self._wanted.event)
        parser, event_slot = self._parser, self._event_slot
        find: Callable[[str], int | None] = _nothing

        def start(tag: str, attributes: list[str]) -> None:
            nonlocal starts, find
            starts += 1
            depth = starts - len(ends)
            if depth == _IN_EVENT:
                if len(attributes) != 4 or attributes[0] != "key":
                    attributes = _in_order(attributes)
                slot = find(attributes[1])
                if slot is not None and attributes[2] == "value":
                    if len(attributes[3]) > LONGEST_VALUE:
                        raise self._too_long()
                    values[slot] = attributes[3]
            elif depth > _IN_EVENT:
                if depth > DEEPEST:
                    raise self._malformed(f"elements are nested more than {DEEPEST} deep")
            else:
                name = tag.rpartition(":")[2]
                if name == "event" and depth == _IN_TRACE and self._in_trace:
                    lines.append(parser.CurrentLineNumber)
                    values.extend(blank)
                    find = event_slot
                else:
                    find = _nothing
                    self._start_elsewhere(depth, name, attributes)

        def settle() -> int:
            nonlocal starts
            ended = len(ends)
            starts -= ended
            ends.clear()
            return ended

        self._parser.StartElementHandler, self._parser.EndElementHandler = start, ends.append
        return settle

    def _start_elsewhere(self, depth: int, name: str, attributes: list[str]) -> None:
        """The start of the log, of what lies directly in it, or of an attribute of a trace."""
        if depth == _IN_TRACE:
            if self._in_trace:
                self._set_trace_attribute(attributes)
        elif depth == _IN_LOG:
            self._in_trace = name == "trace"
            if self._in_trace:
                self._trace_count += 1
                self._open_trace(self._trace_count)
            elif name == "event":
                self._open_trace(0)
                self.lines.append(self._parser.CurrentLineNumber)
                self._values.extend([None] * len(self._wanted.event))
        else:
            self._rooted = True
            if name != "log":
                place = Place(self._label, self._parser.CurrentLineNumber)
                raise DataError(Problem(Code.LOG_FORMAT, "this XML is no XES log", place))

    def _open_trace(self, number: int) -> None:
        if self._traces and self._traces[-1].first == len(self.lines):
            self._traces.pop()  # it has no events
        self._split = False
        blank: list[str | None] = [None] * len(self._wanted.trace)
        self._traces.append(Trace(number, len(self.lines), blank))

    def _set_trace_attribute(self, attributes: list[str]) -> None:
        if len(attributes) != 4 or attributes[0] != "key":
            attributes = _in_order(attributes)
        slot = self._trace_slot(attributes[1])
        if slot is None or attributes[2] != "value":
            return
        if self._split:
            late = "an attribute of a trace comes after very many of its events"
            place = Place(self._label, self._parser.CurrentLineNumber)
            remedy = "write the attributes of a trace before its events"
            raise DataError(Problem(Code.LOG_FORMAT, late, place, remedy=remedy))
        if len(attributes[3]) > LONGEST_VALUE:
            raise self._too_long()
        self._traces[-1].values[slot] = attributes[3]

    def _refuse_document_type(self, *_: object) -> None:
        raise DataError(
            Problem(
                Code.XML_FORBIDDEN,
                "the XML declares a document type",
                Place(self._label, self._parser.CurrentLineNumber),
                cause="document types and entities can read other files and fill the memory",
                remedy="remove the DOCTYPE; a log needs none",
            )
        )

    def _too_long(self) -> DataError:
        return self._malformed("a value is longer than 64 KiB")

    def _malformed(self, message: str, cause: str = "", line: int | None = None) -> DataError:
        place = Place(self._label, line or self._parser.CurrentLineNumber)
        return DataError(Problem(Code.XML_MALFORMED, message, place, cause))


def _finder(
    keys: tuple[str, ...], first: int, prefix: str, seen: dict[str, None] | None
) -> Callable[[str], int | None]:
    """A function from a key to its slot; it notes each key where `seen` is given."""
    slots = {key: slot for slot, key in enumerate(keys, first)}
    if seen is None:
        return slots.get

    def find(key: str) -> int | None:
        seen.setdefault(prefix + key)
        return slots.get(key)

    return find


def _nothing(key: str) -> int | None:
    return None


def _in_order(attributes: list[str]) -> list[str]:
    """XML attributes in any order as key, its name, value, its content; one may be missing."""
    pairs = dict(zip(attributes[::2], attributes[1::2], strict=True))
    last = ["value", pairs["value"]] if "value" in pairs else ["", ""]
    return ["key", pairs.get("key", ""), *last]
