"""Mailboxes as programs write them: separators, copies, and dates beside arrivals."""

from __future__ import annotations

from pathlib import Path

import pytest
from loaders.reading import outcome, source, written

from cjmine.loaders.mail_separators import headers_follow, is_bare, is_of_git
from cjmine.sources import Roles, TimeColumn

UTC = Roles(TimeColumn((), zone="UTC"))
GIT = "From 0a1b2c3d4e5f60718293a4b5c6d7e8f901234567 Mon Sep 17 00:00:00 2001"


def mail(sender: str, hour: int, ident: str = "", more: str = "", body: str = "Hallo\n") -> str:
    ident = f"Message-ID: <{ident or sender}>\n"
    date = f"Date: Mon, 3 Mar 2025 {hour:02}:00:00 +0000\n"
    return f"{more}{ident}{date}From: {sender}@klant.example\nSubject: x\n\n{body}"


def read(folder: Path, text: str):
    return outcome(source(written(folder, text, "inbox.mbox"), "mail", UTC))


@pytest.mark.parametrize("separator", ["From ", "From", "From -", "From - ", "From \r"])
@pytest.mark.parametrize("blank", ["", "\n"])
def test_a_bare_separator_begins_a_mail(tmp_path: Path, separator: str, blank: str) -> None:
    """Without a date, with and without a blank line above; also at the very beginning."""
    text = "".join(f"{separator}\n{mail(name, 9)}{blank}" for name in ("an", "bo", "cor"))
    assert read(tmp_path, text).customers == [f"{one}@klant.example" for one in ("an", "bo", "cor")]


@pytest.mark.parametrize(
    "line",
    [
        "From my point of view: fine\n",
        "From \nthe desk of An\n",
        "From bo@klant.example\nto you\n",
        "From \nNote: one name is no header block\n",
        "From - now on\nDate: later\nSubject: to change\n",
        f"\n{GIT}\nFrom: Dev <dev@elders.example>\nDate: Tue, 4 Mar 2025 01:00:00 +0000\n",
        "\nFrom 1234abcd Mon Sep 17 00:00:00 2001\nFrom: d@elders.example\nSubject: [PATCH] x\n",
        ">From bo@klant.example Mon Mar  3 10:00:00 2025\nFrom: x@y.example\nSubject: x\n",
    ],
)
def test_text_of_a_body_begins_no_mail(tmp_path: Path, line: str) -> None:
    """Prose, quoted patches and quoted separators are no customers."""
    text = f"From an@klant.example Mon Mar  3 09:00:00 2025\n{mail('an', 9, body=line)}\nend\n"
    assert read(tmp_path, text).customers == ["an@klant.example"]


def test_nul_bytes_between_mails_lose_none(tmp_path: Path) -> None:
    """A block of them before a separator does not hide it."""
    line = "From x@klant.example Mon Mar  3 09:00:00 2025\n"
    text = "\0" * 5000 + line + mail("an", 9) + "\n" + "\0" * 5000 + line + mail("bo", 9)
    assert read(tmp_path, text).customers == ["an@klant.example", "bo@klant.example"]


def test_patches_are_mails_in_a_mailbox_of_patches(tmp_path: Path) -> None:
    """`git format-patch --stdout` writes a mailbox in which each patch is a mail."""
    text = "".join(f"{GIT}\n{mail(name, 9)}\n" for name in ("an", "bo"))
    assert read(tmp_path, text).read == 2


def test_copies_of_one_id(tmp_path: Path) -> None:
    """The same id, writer and hour is a copy; another writer, or another day, is another mail."""
    one = "From x@klant.example Mon Mar  3 09:00:00 2025\n"
    text = one.join(
        ["", mail("an", 9, "form"), mail("bo", 9, "form"), mail("an", 9, "form"),
         mail("an", 15, "form"), mail("an", 15, "form"), mail("bo", 9, "form")]
    )  # fmt: skip
    found = read(tmp_path, text.replace("\nFrom x", "\n\nFrom x"))
    assert (found.read, found.loaded) == (6, 3)
    assert found.customers == [f"{one}@klant.example" for one in ("an", "bo", "an")]


@pytest.mark.parametrize(
    ("date", "arrivals", "hour", "redated"),
    [
        ("Mon, 3 Mar 2025 10:00:00 +0000", ["3 Mar 2025 12:00:00"], 10, 0),
        ("Sun, 2 Mar 2025 10:00:00 +0000", ["3 Mar 2025 12:00:00"], None, 0),  # it was queued
        ("Thu, 01 Jan 1970 00:00:00 +0000", ["3 Mar 2025 12:00:00"], 12, 1),
        ("Thu, 01 Jan 1970 00:00:00 +0000", [], 9, 1),  # the envelope line
        ("Mon, 3 Mar 2098 12:00:00 +0100", ["3 Mar 2025 12:00:00"], 12, 1),
        ("Sat, 3 Mar 2012 12:00:00 +0100", ["3 Mar 2025 12:00:00"], 12, 1),
        ("Mon, 3 Mar 2098 12:00:00 +0100", ["broken", "3 Mar 2025 12:00:00"], 12, 1),
        # Moved to another server years later: one of the servers agrees with the date.
        ("Mon, 3 Mar 2025 10:00:00 +0000", ["1 Jan 2030 12:00:00", "3 Mar 2025 10:00:02"], 10, 0),
        # The writer's own server has the same wrong clock, the two others have not.
        ("Sat, 3 Mar 2012 12:00:00 +0000", ["3 Mar 2025 12:00:00", "3 Mar 2025 11:00:00"], 11, 1),
        ("09-08-2023 10:00", ["3 Mar 2025 12:00:00"], 12, 1),
        ("", ["3 Mar 2025 12:00:00"], 12, 0),
    ],
)
def test_a_date_far_from_its_arrival_is_not_used(
    tmp_path: Path, date: str, arrivals: list[str], hour: int | None, redated: int
) -> None:
    """The time is that of arrival then, and such mails are counted."""
    lines = "".join(f"Received: from a by b; {one} +0000\n" for one in arrivals)
    text = (
        "From an@klant.example Mon Mar  3 09:00:00 2025\n"
        f"{lines}{f'Date: {date}' if date else 'X-None: 1'}\nFrom: an@klant.example\n\nx\n"
    )
    found = read(tmp_path, text)
    assert found.clock.redated == redated
    if hour is not None:
        assert found.moments == [f"2025-03-03T{hour:02}:00:00"]


def test_separators_and_headers() -> None:
    """What a line is, and what follows it."""
    assert is_bare(b"From MAILER-DAEMON") and not is_bare(b"From the desk")
    assert is_of_git(GIT.encode()) and not is_of_git(b"From a@b Mon Sep 17 00:00:00 2001")
    assert headers_follow([b"Date: x", b" folded", b"Subject:", b""])
    assert not headers_follow([b"Date: x", b"", b"Subject: y"])
    assert not headers_follow([])
