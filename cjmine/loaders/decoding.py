"""Text in other encodings on its way to a parser: decoded as a stream, never on disk."""

from __future__ import annotations

import codecs
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from cjmine.errors import Code, DataError, Place, Problem
from cjmine.loaders.files import chunks
from cjmine.loaders.text_bytes import Encoding, without_nuls


class Feed:
    """A thread that writes a file as UTF-8 with one kind of line end into a pipe."""

    def __init__(self, path: Path, label: str, encoding: Encoding, skip: int, pipe: Path) -> None:
        self._path, self._label, self._encoding, self._pipe = path, label, encoding, pipe
        self._skip = skip
        if not hasattr(os, "mkfifo"):
            raise DataError(
                Problem(
                    Code.ENCODING,
                    f"this system cannot read {encoding} files as a stream",
                    Place(label),
                    remedy="save the file as UTF-8",
                )
            )
        os.mkfifo(pipe, 0o600)
        self._thread: threading.Thread | None = None
        self._failure: DataError | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let the thread end when the reader stopped early: open our side and close it again."""
        assert self._thread is not None
        while self._thread.is_alive():
            os.close(os.open(self._pipe, os.O_RDONLY | os.O_NONBLOCK))
            self._thread.join(timeout=0.05)
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        try:
            sink = self._pipe.open("wb")
        except FileNotFoundError:  # the run was ended, and its temporary folder removed
            return
        try:
            with sink:
                for piece in decoded_chunks(self._path, self._label, self._encoding, self._skip):
                    sink.write(piece)
        except BrokenPipeError:
            pass
        except DataError as error:
            self._failure = error


def decoded_chunks(path: Path, label: str, encoding: Encoding, skip: int = 0) -> Iterator[bytes]:
    """The text of a file below its first lines, as UTF-8 with line feeds only.

    Raises DataError L114.
    """
    for piece in _decoded(path, label, encoding):
        while skip and piece:
            _, end, piece = piece.partition(b"\n")
            skip -= bool(end)
        yield piece


def physical_lines(path: Path, label: str, encoding: Encoding, skip: int = 0) -> Iterator[str]:
    """The lines of a file one by one, each with its end; `decoded_chunks` says the rest."""
    held = b""
    for piece in decoded_chunks(path, label, encoding, skip):
        *whole, held = (held + piece).split(b"\n")
        yield from (line.decode() + "\n" for line in whole)
    if held:
        yield held.decode()


def _decoded(path: Path, label: str, encoding: Encoding) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    is_wide = encoding.startswith("utf-16")
    held = ""
    try:
        for chunk in chunks(path, label, most=None):  # a survey has counted them
            piece = held + decoder.decode(chunk if is_wide else without_nuls(chunk))
            held = "\r" if piece.endswith("\r") else ""
            piece = piece.removesuffix("\r") if held else piece
            yield piece.replace("\r\n", "\n").replace("\r", "\n").encode()
        yield (held + decoder.decode(b"", final=True)).replace("\r", "\n").encode()
    except UnicodeError:
        raise DataError(
            Problem(
                Code.ENCODING,
                f"bytes that are not {encoding}",
                Place(label),
                remedy="export it as UTF-8",
            )
        ) from None
