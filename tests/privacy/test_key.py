"""A key is private or refused, and it appears nowhere."""

from __future__ import annotations

import base64
import os
import re
import stat
import sys
import traceback
from pathlib import Path

import pytest

from cjmine.errors import CjmineError, Code, OutputError, PrivacyError
from cjmine.privacy import key as keys
from cjmine.privacy.key import ENVIRONMENT, find_key, new_key, read_key, throw_away_key
from cjmine.privacy.pseudonymise import TokenTable
from cjmine.privacy.pseudonyms import Key

HEX = "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210"
pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes and owners of POSIX")


def key_file(folder: Path, content: str = HEX, mode: int = 0o600) -> Path:
    file = folder / "my.key"
    file.write_text(content)
    file.chmod(mode)
    return file


def refusal(file: Path) -> PrivacyError:
    with pytest.raises(PrivacyError) as caught:
        read_key(file)
    assert caught.value.code is Code.KEY_UNSAFE
    assert caught.value.exit_status == 4
    return caught.value


def test_a_private_file_is_a_key(tmp_path: Path) -> None:
    assert read_key(key_file(tmp_path)).master == bytes.fromhex(HEX)
    assert read_key(key_file(tmp_path, f" {HEX.upper()}\n", 0o400)).master == bytes.fromhex(HEX)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o606, 0o620, 0o610, 0o601, 0o777])
def test_a_file_that_others_may_touch_is_refused(tmp_path: Path, mode: int) -> None:
    error = refusal(key_file(tmp_path, mode=mode))
    assert "chmod 600" in error.problems[0].remedy


@pytest.mark.parametrize("mode", [0o777, 0o775, 0o757, 0o720])
@pytest.mark.parametrize("above", [0, 1, 2])
def test_no_folder_on_the_way_may_be_open_to_others(tmp_path: Path, above: int, mode: int) -> None:
    """Whoever can write in any of them could put another key there."""
    inner = tmp_path / "a" / "b" / "c"
    inner.mkdir(parents=True, mode=0o700)
    file = key_file(inner)
    assert read_key(file).master == bytes.fromhex(HEX)
    file.parents[above].chmod(mode)
    assert "folder" in refusal(file).problems[0].message
    file.parents[above].chmod(mode | stat.S_ISVTX)  # as /tmp is: others cannot replace what is ours
    read_key(file)


def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    """It could be turned to another folder."""
    (tmp_path / "real").mkdir(mode=0o700)
    key_file(tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert "link" in refusal(tmp_path / "link" / "my.key").problems[0].message


def test_the_folders_are_what_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: without the check the same key is read."""
    tmp_path.chmod(0o777)
    file = key_file(tmp_path)
    refusal(file)
    monkeypatch.setattr(keys, "_check_folders", lambda _: None)
    assert read_key(file).master == bytes.fromhex(HEX)


@pytest.mark.parametrize(
    "content", ["00" * 31 + "01", "0123" * 16, "00" * 26 + HEX[:12], "0" * 2000]
)
def test_what_nobody_drew_at_random_is_no_key(tmp_path: Path, content: str) -> None:
    """Few distinct bytes, or a file much larger than a key."""
    refusal(key_file(tmp_path, content))
    refusal(key_file(tmp_path, HEX + "\n" * 300_000))


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    link = tmp_path / "link.key"
    link.symlink_to(key_file(tmp_path))
    refusal(link)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    refusal(tmp_path)
    refusal(tmp_path / "missing.key")
    pipe = tmp_path / "pipe.key"
    os.mkfifo(pipe, 0o600)
    refusal(pipe)


@pytest.mark.parametrize(
    "content",
    [
        "", "\n", HEX[:32], HEX[:62], HEX + "00", HEX * 2, "00" * 32, "ff" * 32, "zz" * 32,
        "my secret password", "0x" + HEX, base64.b64encode(bytes.fromhex(HEX)).decode(),
    ],
)  # fmt: skip
def test_what_is_no_random_key_is_refused_and_not_shown(tmp_path: Path, content: str) -> None:
    error = refusal(key_file(tmp_path, content))
    if content.strip():
        assert content.strip() not in told(error)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = key_file(tmp_path)
    file.write_bytes(bytes(range(128, 160)))
    refusal(file)


def test_the_key_of_another_user_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = key_file(tmp_path)
    owner = file.stat().st_uid
    monkeypatch.setattr(keys.os, "getuid", lambda: owner + 1)
    assert "another user" in refusal(file).problems[0].message


def test_a_folder_in_which_everybody_writes_is_refused(tmp_path: Path) -> None:
    """Somebody else could put another key in place; a sticky folder such as /tmp prevents it."""
    folder = tmp_path / "open"
    folder.mkdir()
    file = key_file(folder)
    folder.chmod(0o777)
    assert "folder" in refusal(file).problems[0].message
    folder.chmod(0o1777)
    assert read_key(file).master == bytes.fromhex(HEX)


def test_a_new_key_is_private_random_and_never_overwrites(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        made = [new_key(tmp_path / f"{number}.key") for number in range(5)]
    finally:
        os.umask(old)
    assert len({one.master for one in made}) == 5
    for number, one in enumerate(made):
        file = tmp_path / f"{number}.key"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.read_text() == one.master.hex() + "\n"
        assert read_key(file) == one
    before = (tmp_path / "0.key").read_bytes()
    with pytest.raises(OutputError) as caught:
        new_key(tmp_path / "0.key")
    assert caught.value.code is Code.OUTPUT_EXISTS
    assert (tmp_path / "0.key").read_bytes() == before


def test_a_new_key_does_not_go_through_a_link(tmp_path: Path) -> None:
    """A link laid out beforehand, even to nowhere, gets no key."""
    (tmp_path / "trap.key").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError):
        new_key(tmp_path / "trap.key")
    assert not (tmp_path / "elsewhere").exists()


def test_a_new_key_where_nothing_can_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        new_key(tmp_path / "missing" / "my.key")
    assert caught.value.code is Code.OUTPUT_FAILED


def test_the_environment_gives_a_key_and_a_file_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    assert find_key(None) is None
    monkeypatch.setenv(ENVIRONMENT, "")
    assert find_key(None) is None
    monkeypatch.setenv(ENVIRONMENT, HEX)
    found = find_key(None)
    assert found is not None and found.master == bytes.fromhex(HEX)
    other = new_key(tmp_path / "other.key")
    assert find_key(tmp_path / "other.key") == other


@pytest.mark.parametrize("written", ["password", HEX[:-2], "00" * 32])
def test_a_wrong_key_in_the_environment_is_refused_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv(ENVIRONMENT, written)
    with pytest.raises(PrivacyError) as caught:
        find_key(None)
    assert caught.value.code is Code.KEY_UNSAFE
    assert written not in told(caught.value)


@pytest.mark.parametrize("master", [b"", b"short", bytes(32), b"\xff" * 32, bytes(range(33))])
def test_a_key_object_cannot_hold_what_is_no_key(master: bytes) -> None:
    with pytest.raises(PrivacyError) as caught:
        Key(master)
    assert caught.value.code is Code.KEY_UNSAFE


def test_throw_away_keys_differ() -> None:
    made = [throw_away_key() for _ in range(5)]
    assert len({one.master for one in made}) == 5
    assert all(one.thrown_away for one in made)


def told(error: CjmineError) -> str:
    """Everything that an error can put on a screen or into a log, with its causes."""
    chain = "".join(traceback.format_exception(error))
    return f"{error}{error!r}{error.args}{error.problems}{chain}"


def forms(master: bytes) -> list[str]:
    letters = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
    return [
        master.hex(), master.hex().upper(), master.hex()[:32], master.hex()[32:],
        base64.b64encode(master).decode(), base64.b64encode(master).decode()[:20],
        str(master), repr(master)[2:20], str(list(master))[:40], master.hex().translate(letters),
        str(int.from_bytes(master)), master.hex()[::-1],
    ]  # fmt: skip


def test_the_key_is_in_no_repr_and_no_text() -> None:
    """Neither of the key nor of what holds it, nor its whole id."""
    key = Key(bytes.fromhex(HEX))
    shown = [f(one) for f in (repr, str, "{}".format) for one in (key, TokenTable(key), [key])]
    shown.append(key.id)
    for form in forms(key.master):
        assert not any(form in text for text in shown)
    assert len(key.id) == 8


def test_the_key_is_in_no_traceback_of_a_failing_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error deep in the privacy step tells neither the key nor the values."""
    import pyarrow as pa

    from cjmine.privacy import pseudonymise
    from cjmine.sources import Identifier

    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(pseudonymise, "token_column", broken)
    key = new_key(tmp_path / "my.key")
    person = "".join(["Veerle", " ", "Jansen"])  # a traceback quotes lines of source
    table = TokenTable(key)
    try:
        table.pseudonymise(pa.array([person]), Identifier("x"))
        table.tokens()  # they are made meanwhile; what goes wrong shows here
    except RuntimeError as error:
        text = "".join(traceback.format_exception(error))
    assert "broken on purpose" in text
    for form in [*forms(key.master), person]:
        assert form not in text


def test_no_command_takes_a_key_as_an_argument() -> None:
    """What stands on a command line is seen by every process: there is no option for it."""
    from typer.main import get_command

    from cjmine.cli.app import app

    def options(command: object) -> list[str]:
        own = [name for one in command.params for name in one.opts]  # type: ignore[attr-defined]
        below = getattr(command, "commands", {}).values()
        return own + [name for one in below for name in options(one)]

    found = options(get_command(app))
    assert "--key-file" in found
    assert not {"--key", "--secret", "--salt", "--master"} & set(found)


def test_only_the_token_module_makes_pseudonyms() -> None:
    """A hash without a key is no pseudonym. While a load runs, copies of files and messages that
    were delivered twice are told by digests, a report states that of its script, and findings of a
    build have fingerprints of their codes and words; outliers put pseudonyms into two halves and seed
    chance with counts; what is sent to a cluster is cjmine itself, named by its digest; nothing else
    behind the privacy step can make one."""
    package = Path(keys.__file__).parents[1]
    users = {
        file.relative_to(package).as_posix()
        for file in package.rglob("*.py")
        for word in ("hashlib", "hmac", "md5(", "sha1(", "sha256(")
        if word in file.read_text(encoding="utf-8")
    }
    pages = ("reporters/html/page.py", "reporters/check/findings.py")
    halves = ("analysis/outliers/waves.py", "analysis/outliers/journey_table.py")
    sent = "counting/package_zip.py"
    allowed = ("loaders/", "ingest/", "verbs/", sent, *pages, *halves)
    assert {file for file in users if not file.startswith(allowed)} == {"privacy/pseudonyms.py"}
    with_a_secret = [
        file for file in package.rglob("*.py") if re.search(r"\bhmac\b", file.read_text())
    ]
    assert [file.name for file in with_a_secret] == ["pseudonyms.py"]


def test_keys_are_not_made_of_guessable_numbers() -> None:
    source = Path(keys.__file__).read_text(encoding="utf-8")
    assert "secrets.token_bytes" in source
    assert not hasattr(sys.modules[keys.__name__], "random")
