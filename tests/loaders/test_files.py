"""Files on disk: which ones are meant, and what one pass over their bytes finds out."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest
from loaders.reading import EVENTS, csv_text, from_csv, outcome, source, written

from cjmine.errors import Code, DataError
from cjmine.loaders.files import LONGEST_LINE, head, is_gzip, open_bytes, survey
from cjmine.loaders.folders import expand
from cjmine.loaders.text_bytes import Encoding
from cjmine.sources import Roles

TEXT = "customer;activity;time\r\nc1;Café €;2024-05-13 10:00:00\r\n"


def surveyed(folder: Path, content: bytes):
    return survey(written(folder, content), "events.csv")


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"a,b\n1,2\n", Encoding.UTF8),
        (TEXT.encode("utf-8"), Encoding.UTF8),
        (TEXT.encode("utf-8-sig"), Encoding.UTF8_BOM),
        (TEXT.encode("utf-16"), Encoding.UTF16_BOM),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), Encoding.UTF16_BOM),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), Encoding.UTF16_BOM),
        (TEXT.encode("utf-16-le"), Encoding.UTF16_LE),
        (TEXT.encode("utf-16-be"), Encoding.UTF16_BE),
        (TEXT.encode("cp1252"), Encoding.CP1252),
        ("a,b\né,\x81\n".encode("latin-1"), Encoding.LATIN1),
        (bytes(range(256)) * 40, Encoding.BINARY),
    ],
)
def test_the_encoding_is_recognised(tmp_path: Path, content: bytes, encoding: Encoding) -> None:
    """Mark first, then the pattern of NUL bytes, then UTF-8, then cp1252, then latin-1."""
    assert surveyed(tmp_path, content).encoding is encoding


def test_the_encoding_is_settled_by_the_whole_file(tmp_path: Path) -> None:
    """Two mebibytes of ASCII before the first accent decide nothing."""
    start = b"abcdefgh,1\n" * 200_000
    assert surveyed(tmp_path, start + "é,2\n".encode("cp1252")).encoding is Encoding.CP1252
    assert surveyed(tmp_path, start + "é,2\n".encode()).encoding is Encoding.UTF8


def test_a_character_cut_by_a_chunk_border_is_still_utf8(tmp_path: Path) -> None:
    """The reader takes a mebibyte at a time; an é may lie across the border."""
    content = b"a\n" * ((1 << 19) - 1) + b"x" + "é\n".encode() + b"b\n"
    assert surveyed(tmp_path, content).encoding is Encoding.UTF8


@pytest.mark.parametrize(
    ("content", "lines", "plain"),
    [
        (b"a\nb\n", 2, True),
        (b"a\nb", 2, True),
        (b"a\r\nb\r\n", 2, True),
        (b"a\r\nb\n", 2, False),
        (b"a\rb\r", 2, True),
        (b"a\rb\nc", 3, False),
        ("a\r\nb\r\n".encode("utf-16-le"), 2, False),
        ("a\nb".encode("utf-16"), 2, False),
    ],
)
def test_line_ends_are_counted(tmp_path: Path, content: bytes, lines: int, plain: bool) -> None:
    """A file with two kinds of line end, or not in UTF-8, is not left to the parser as it is."""
    about = surveyed(tmp_path, content)
    assert (about.lines, about.plain) == (lines, plain)


def test_a_line_end_split_over_two_chunks_is_one(tmp_path: Path) -> None:
    """CR as the last byte of a chunk and LF as the first of the next are one line end."""
    about = surveyed(tmp_path, b"x" * ((1 << 20) - 1) + b"\r\ny\r\n")
    assert (about.lines, about.crlf, about.bare_lf, about.bare_cr) == (2, 2, 0, 0)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    """L103, for plain and for packed files."""
    for content in (b"", gzip.compress(b"")):
        with pytest.raises(DataError) as caught:
            surveyed(tmp_path, content)
        assert caught.value.code is Code.FILE_EMPTY


@pytest.mark.parametrize("before", [b"", b"a,b\n", b"a,b\n" * 200_000])
@pytest.mark.parametrize("after", [b"", b"\na,b\n"])
def test_a_line_of_three_mebibytes_is_refused_with_its_number(
    tmp_path: Path, before: bytes, after: bytes
) -> None:
    """L112 wherever the line begins and however it ends."""
    with pytest.raises(DataError) as caught:
        surveyed(tmp_path, before + b"x" * 3_145_728 + after)
    assert caught.value.code is Code.LINE_TOO_LONG
    assert caught.value.problems[0].place.line == before.count(b"\n") + 1


def test_a_line_just_over_and_just_at_the_limit(tmp_path: Path) -> None:
    """The limit holds to the byte, also where a line ends inside the chunk after it."""
    assert surveyed(tmp_path, b"a\n" + b"x" * (LONGEST_LINE - 1) + b"\nb\n").lines == 3
    with pytest.raises(DataError):
        surveyed(tmp_path, b"a\n" + b"x" * (LONGEST_LINE + 1) + b"\nb\n")


def test_many_short_lines_with_carriage_returns_are_not_one_long_line(tmp_path: Path) -> None:
    """Old exports end their lines with CR alone."""
    assert surveyed(tmp_path, b"a,b\r" * 800_000).lines == 800_000


def test_gzip_is_told_by_its_bytes_and_not_by_its_name(tmp_path: Path) -> None:
    """A packed file without .gz is unpacked; a plain file called .gz is left alone."""
    packed = written(tmp_path, gzip.compress(TEXT.encode()), "events.csv")
    plain = written(tmp_path, TEXT, "events.csv.gz")
    assert is_gzip(packed) and not is_gzip(plain)
    assert head(packed, "x") == head(plain, "x") == TEXT.encode()
    assert outcome(source(packed)).events == outcome(source(plain)).events
    assert len(outcome(source(packed)).events) == 1


def test_packed_files_that_were_joined_are_read_to_the_end(tmp_path: Path) -> None:
    """`cat a.gz b.gz` is what log rotation leaves behind."""
    first = csv_text([("c1", "a", "2024-05-13 10:00:00")]).encode()
    second = b"c2,b,2024-05-13 11:00:00\n"
    found = from_csv(tmp_path, gzip.compress(first) + gzip.compress(second))
    assert found.customers == ["c1", "c2"]


@pytest.mark.parametrize("lost", [1, 6, 8, 20, 200])
def test_a_packed_file_that_ends_early_is_refused(tmp_path: Path, lost: int) -> None:
    """L113: half a file must never pass for a whole one."""
    rows = [
        (f"c{number}", f"step {number * 7919 % 101}", "2024-05-13 10:00:00")
        for number in range(3000)
    ]
    packed = gzip.compress(csv_text(rows).encode())
    with pytest.raises(DataError) as caught:
        from_csv(tmp_path, packed[:-lost])
    assert caught.value.code is Code.FILE_TRUNCATED


def test_a_damaged_packed_file_is_refused(tmp_path: Path) -> None:
    """A wrong checksum and bytes behind the end count as damage."""
    packed = gzip.compress(TEXT.encode())
    for damaged in (packed[:-8] + b"abcd" + packed[-4:], packed + b"rubbish"):
        with pytest.raises(DataError) as caught:
            surveyed(tmp_path, damaged)
        assert caught.value.code is Code.FILE_TRUNCATED


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet", "access-log"])
def test_a_missing_file_and_a_folder_are_named_as_such(tmp_path: Path, format: str) -> None:
    """L101 and L102 with the label, whatever the format."""
    declared = Roles() if format == "access-log" else EVENTS
    with pytest.raises(DataError) as missing:
        outcome(source(tmp_path / "none.csv", format, declared))
    assert missing.value.code is Code.FILE_MISSING
    assert missing.value.problems[0].place.file == "none.csv"
    with pytest.raises(DataError) as folder:
        outcome(source(tmp_path, format, declared))
    assert folder.value.code is Code.FILE_UNREADABLE


def test_an_unreadable_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """L102 with the system's reason."""
    path = written(tmp_path, TEXT)

    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(DataError) as caught:
        survey(path, "events.csv")
    assert caught.value.code is Code.FILE_UNREADABLE
    assert caught.value.problems[0].cause == "Permission denied"


@pytest.mark.parametrize("closed", ["", "inner"])
def test_an_unreadable_folder_is_not_taken_for_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    """L102, for the folder itself and for one below it; its files must not vanish in silence."""
    written(tmp_path, TEXT, "a.csv")
    written(tmp_path, TEXT, "inner/b.csv")
    real = os.scandir

    def refuse(path: str = ".") -> object:
        if Path(path) == tmp_path / closed:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(DataError) as caught:
        expand(str(tmp_path))
    assert caught.value.code is Code.FILE_UNREADABLE
    assert caught.value.problems[0].place.file == str(tmp_path / closed), "the closed one itself"


def test_a_folder_means_all_visible_files_below_it_sorted(tmp_path: Path) -> None:
    """Hidden files, and files in hidden folders, are passed over."""
    for name in ("b.csv", "a.csv", ".hidden.csv", ".git/c.csv", "sub/d.csv", "sub/.e.csv"):
        written(tmp_path, "x", name)
    found = [path.relative_to(tmp_path).as_posix() for path in expand(str(tmp_path))]
    assert found == ["a.csv", "b.csv", "sub/d.csv"]


def test_a_glob_means_its_files_sorted(tmp_path: Path) -> None:
    """No folders, no hidden files; `**` goes down."""
    for name in ("calls_2.csv", "calls_1.csv", "other.csv", ".calls_0.csv", "calls_x/y.csv"):
        written(tmp_path, "x", name)
    found = [path.name for path in expand(str(tmp_path / "calls_*"))]
    assert found == ["calls_1.csv", "calls_2.csv"]
    deep = [path.name for path in expand(str(tmp_path / "**" / "*.csv"))]
    assert deep == ["calls_1.csv", "calls_2.csv", "y.csv", "other.csv"]


def test_a_file_that_looks_like_a_glob_means_itself(tmp_path: Path) -> None:
    """`x[1].csv` beside `x1.csv` is the file of that name."""
    for name in ("x[1].csv", "x1.csv"):
        written(tmp_path, "x", name)
    assert [path.name for path in expand(str(tmp_path / "x[1].csv"))] == ["x[1].csv"]


def test_hidden_files_count_when_named(tmp_path: Path) -> None:
    """Only searching passes them over."""
    path = written(tmp_path, "x", ".events.csv")
    assert expand(str(path)) == [path]


@pytest.mark.parametrize("argument", ["", "nowhere.csv", "nowhere/*.csv", "a\0b"])
def test_an_argument_without_files_is_refused(argument: str) -> None:
    """L101; an empty argument (an unset shell variable) is not the current folder."""
    with pytest.raises(DataError) as caught:
        expand(argument)
    assert caught.value.code is Code.FILE_MISSING


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    """L101 that says that the folder is empty."""
    with pytest.raises(DataError) as caught:
        expand(str(tmp_path))
    assert caught.value.problems[0].message == "the folder holds no files"


def test_open_bytes_closes_what_it_opened(tmp_path: Path) -> None:
    """No file stays open behind a packed stream (a warning would fail this test)."""
    path = written(tmp_path, gzip.compress(b"x"))
    with open_bytes(path) as handle:
        assert handle.read() == b"x"


@pytest.mark.parametrize(
    "name",
    [
        "x[1].csv",
        "x{1,2}.csv",
        "x\\1.csv",
        "o'x.csv",
        "a*?.csv",
        "]x[.csv",
        "é 😀.csv",
        "a\nb.csv",
        "~x.csv",
        "json parquet gzip.csv",
        "-x.csv",
        '"x".csv',
    ],
)
def test_every_file_name_can_be_read(tmp_path: Path, name: str) -> None:
    """Neither a glob nor SQL is made of a name; the neighbour x1.csv is not touched."""
    written(tmp_path, csv_text([("wrong", "b", "2024-05-13 10:00:00")]), "x1.csv")
    found = from_csv(tmp_path, csv_text([("c", "a", "2024-05-13 10:00:00")]), name=name)
    assert found.customers == ["c"]


def test_a_file_name_that_is_not_utf8_can_be_read(tmp_path: Path) -> None:
    """Old shares hold such names; the engine itself cannot take them."""
    name = os.fsdecode(b"klant\xe9n.csv")
    try:
        found = from_csv(tmp_path, csv_text([("c", "a", "2024-05-13 10:00:00")]), name=name)
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    assert found.customers == ["c"]
