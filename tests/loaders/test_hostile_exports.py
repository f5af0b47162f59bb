"""Exports that are cut, mixed up or made of anything: an error with a code, or a full account."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from loaders.exports import ZONED, read
from loaders.test_analytics import VISIT, ga
from loaders.test_calls_cloud import CONTACT, QUEUE, TWILIO, conversation, page, session
from loaders.test_calls_tables import REPORT, cdr
from loaders.test_server_logs import ALB, HEAD, ONE, ROW
from loaders.test_surveys import HEAD as QUESTIONS
from loaders.test_surveys import THIRD, answer
from loaders.test_tickets import CASES, COMMENTS, HISTORY, IN, OUT, SUMMARY, TICKETS, USERS

from cjmine.errors import CjmineError
from cjmine.sources import Extras

QUEUE_LOG = (
    "1714719912|17.1|klacht|NONE|ENTERQUEUE||0612345678|1\n1714719990|17|q|a|ABANDON|1|1|4\n"
)
EXPORTS: dict[str, str] = {
    "amazon-connect": json.dumps(CONTACT) * 3,
    "genesys": page(
        conversation(session("acd", ("interact", "05:20", "06:00"), queueId=QUEUE)),
        conversation(session("ivr", ("ivr", "05:00", "05:20")), number=2),
    ),
    "twilio": TWILIO,
    "contact-centre": REPORT,
    "asterisk-cdr": cdr(more=',"17.1","","","17.1",1') * 3,
    "queue-log": QUEUE_LOG * 3,
    "iis": HEAD + ONE + ROW * 3,
    "alb": ALB.format(status=200, request="GET https://x.nl:443/a HTTP/1.1", agent="M/5") * 3,
    "ga4": "".join(json.dumps(ga("page_view", place)) + "\n" for place in range(3)),
    "matomo": json.dumps([VISIT, VISIT]),
    "message-trace": SUMMARY + IN.format(direction="1") + OUT.format(direction="2"),
    "zendesk-tickets": TICKETS,
    "zendesk-comments": COMMENTS,
    "zendesk-history": HISTORY,
    "zendesk-users": USERS,
    "salesforce-cases": CASES,
    "qualtrics": QUESTIONS + THIRD.format(zone="UTC") + answer("R1", "9") * 3,
    "survey": "klantnummer;datum;NPS\nK-1;2024-05-13;9\nK-2;2024-05-14;3\n",
}
PIECES = ["", "\0", '"', "\n", "\r", ";", ",", "{", "}", "[]", "null", "9" * 400, "1e999", "-", "é",
          "\x1b[31m", "\u202e", "2024-02-30", "|", "\t", "##", ":", "\\"]  # fmt: skip
READINGS = 6


def _cut(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(1, len(text))]


def _spoilt(text: str, chance: random.Random) -> str:
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice(PIECES) + text[at + chance.randrange(8) :]
    return text


def _shuffled(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    chance.shuffle(lines)
    return "".join(lines)


@pytest.mark.parametrize("spoil", [_cut, _spoilt, _shuffled])
@pytest.mark.parametrize("name", EXPORTS)
def test_nothing_that_an_export_holds_breaks_its_loader(
    tmp_path: Path, name: str, spoil: Callable[[str, random.Random], str]
) -> None:
    """However it is spoilt: every record accounted for, or an error in our own words."""
    chance = random.Random(f"{name} {spoil.__name__}")
    for number in range(READINGS):
        text = spoil(EXPORTS[name], chance)
        try:
            found = read(tmp_path, text, f"{number}", ZONED, Extras(score="Q1", scale="nps")).found
        except CjmineError as error:
            assert all(problem.code for problem in error.problems)
        else:
            lost = found.read - found.records - found.rejected - found.filtered.total()
            assert lost == 0


@pytest.mark.parametrize("name", EXPORTS)
def test_every_whole_export_is_recognised_as_itself(tmp_path: Path, name: str) -> None:
    """The samples above are what they are called, and give records."""
    extras = Extras(score="Q1", scale="nps") if name == "qualtrics" else Extras()
    found = read(tmp_path, EXPORTS[name], declared=ZONED, extras=extras)
    assert found.sniffed.source.format == name
    assert found.found.records > 0 or name == "zendesk-users"
