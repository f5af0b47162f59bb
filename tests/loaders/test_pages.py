"""Pages: one spelling, and nothing of a visitor or a session, in every format that carries a path."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from loaders.exports import read_file
from loaders.reading import csv_text

from cjmine.loaders.pages import page
from cjmine.loaders.randomness import is_random
from cjmine.loaders.touchpoints import Touchpoints
from cjmine.sources import Roles, TouchpointRule

SAME = {
    "/portaal/aanvraag.do": [
        "/portaal/aanvraag.do;jsessionid=OI24B9ASD7BSSD?foo=bar",
        "/portaal/aanvraag.do;jsessionid=9F3C77A0.node1",
        "/portaal/aanvraag.do;JSESSIONID=A;v=1#top",
        "/portaal;a=b/aanvraag.do;c",
        "/portaal/aanvraag.do%3Bjsessionid%3DABC",
        "/portaal/aanvraag.do%253bjsessionid%253dABC",
        "/portaal/aanvraag.do%3Fklant%3DA.Bakker",
        "/portaal/aanvraag.do%25253Fklant%25253DA.Bakker",
        "/portaal/aanvraag.do&klant=A.Bakker",
        "/portaal/aanvraag.do%23klant",
        "/portaal/aanvraag.do,jsessionid=ABC",
        "/portaal/aanvraag.do$jsessionid=ABC",
        "/(S(lit3py55t21z5v55vlm25s55))/portaal/aanvraag.do",
        "/(X(1)S(lit3py55)F(AbC-_9))/portaal/aanvraag.do",
        "/portaal/(lit3py55t21z5v55vlm25s5a)/aanvraag.do",
        "/%28S%28lit3py55%29%29/portaal/aanvraag.do",
        "//portaal//aanvraag.do",
        "/portaal/./x/../aanvraag.do",
        "https://www.example.nl/portaal/aanvraag.do?x=1",
        "HTTPS://jan:geheim@www.example.nl:443/portaal/aanvraag.do#top",
        "www.example.nl/portaal/aanvraag.do?x",
        "//www.example.nl/portaal/aanvraag.do",
        "mijn.example.nl:8080/portaal/aanvraag.do",
        "%2Fportaal%2Faanvraag.do",
        " /portaal/aanvraag.do ",
    ],
    "/café/menu": [
        "/caf%C3%A9/menu", "/caf%c3%a9/menu", "/caf%25c3%25a9/menu", "/caf\\xc3\\xa9/menu",
        "/cafe\u0301/menu", "/cafe%CC%81/menu",
    ],
    "/": ["https://www.example.nl", "https://www.example.nl?x=1", "/?x", "/#top", "/;jsessionid=1",
          "https://www.example.nl/#/", "//"],
    "/#/stap/twee": [
        "https://www.example.nl/#/stap/twee", "/#!/stap/twee", "/#/stap/twee?klant=3",
        "/?a=1#/stap/twee;sid=4", "#/stap/twee", "/#%2Fstap%2Ftwee", "/#/stap/twee#top",
    ],
    "POST /order": ["POST /order?x=1", "POST /order;jsessionid=1", "POST https://example.nl/order"],
    "verhuizen": ["verhuizen?klant=A.Bakker"],
    "Download: /folder.pdf": ["Download: https://example.nl/folder.pdf?mail=jan@example.nl"],
    "about:blank": ["about:blank"],
    "file:": ["file:///C:/Users/jan/x.html"],
    "android-app:": ["android-app://com.voorbeeld/"],
    "": ["?x=1"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"), [(one, name) for name, every in SAME.items() for one in every]
)
def test_spellings_of_one_page_meet(written: str, expected: str) -> None:
    assert page(written) == expected


@pytest.mark.parametrize(
    "label",
    ["Bellen", "Is dat zo?", "Vraag? Ja=nee", "A/B", "Stap 1; stap 2", "#1001", "100%", "a & b",
     "mail: in", "*", "OPTIONS *", "/a", "/a/", "/.well-known/x", "/over-ons", "\\x16\\x03"],
)  # fmt: skip
def test_what_is_no_page_or_plain_stays_as_it_is(label: str) -> None:
    assert page(label) == label


def test_signs_that_cannot_be_shown_stay_encoded() -> None:
    """Line ends, marks that turn the direction, and bytes that are no text."""
    assert page("/a%0ab%e2%80%ae%ff%00") == "/a%0Ab%E2%80%AE%FF%00"


@given(
    st.lists(
        st.sampled_from(
            ["/", "a", "%2f", "%25", "%3f", "?", "#", "#/", ";", "&x=", ".", "..", "(S(", "))", "!",
             "é", "%c3%a9", "%ff", "\\x41", "jsessionid=", " ", "\n", "1", "http://", ":", "www.x.nl"]
        ),
        max_size=12,
    )
)  # fmt: skip
def test_a_page_is_its_own_page(parts: list[str]) -> None:
    """Nothing that is encoded again hides behind what was decoded."""
    found = page("/" + "".join(parts))
    assert "?" not in found and ";" not in found.partition("#")[0]
    assert page(found) == found


@pytest.mark.parametrize(
    "text",
    ["/" + "a/" * 300_000 + "../" * 300_000, "a." * 500_000 + "://", "/" + "&a" * 500_000,
     "/" + "%25" * 300_000, "/" + "(S(" * 300_000, "x" * 500_000 + "?" + "y" * 500_000],
)  # fmt: skip
def test_no_path_takes_for_ever(text: str) -> None:
    started = time.process_time()
    page(text)
    assert time.process_time() - started < 5


HIDDEN = "https://example.nl/aanvraag;jsessionid=AB?klant=Bakker#top"
ROWS = [("k1", HIDDEN, "2026-03-02T10:00:00Z"), ("k1", "/klant/1234567", "2026-03-02T10:00:00Z")]


@pytest.mark.parametrize("stored", ["csv", "jsonl", "parquet"])
def test_labels_of_tables_are_pages_too(tmp_path: Path, stored: str) -> None:
    """Whatever the channel; kept values lose their queries as well."""
    names = ("customer", "activity", "time")
    records = [dict(zip(names, row, strict=True)) | {"referrer": row[1]} for row in ROWS]
    path = tmp_path / f"export.{stored}"
    if stored == "parquet":
        pq.write_table(pa.Table.from_pylist(records), path)
    elif stored == "jsonl":
        path.write_text("".join(json.dumps(one) + "\n" for one in records))
    else:
        path.write_text(csv_text([tuple(one.values()) for one in records], (*names, "referrer")))
    found = read_file(path, Roles(keep=("referrer",))).found
    assert found.activities == ["/aanvraag", "/klant/{id}"]
    assert found.table["referrer"].to_pylist() == ["/aanvraag", "/klant/1234567"]


def test_rules_meet_pages_however_they_write_them() -> None:
    """A path that was copied from a log still catches its page."""
    for rule in (
        TouchpointRule("M", path="/caf%c3%a9/{x}"),
        TouchpointRule("M", glob="/caf%C3%A9/*"),
    ):
        labels = pa.array([page("/caf%C3%A9/menu")])
        assert Touchpoints((rule,), "web").map(labels).to_pylist() == ["M"]


@pytest.mark.parametrize(
    "word",
    ["persoonsgegevens", "aansprakelijkheidsverzekering", "angstschreeuw", "MijnGegevensWijzigen",
     "klantenservice2", "Geschwindigkeit", "développement", "throughput", "iso27001", "wmo2015plus"],
)  # fmt: skip
def test_words_are_not_random(word: str) -> None:
    assert not is_random(word)


@pytest.mark.parametrize(
    "word",
    ["lit3py55t21z5v55vlm25s55", "OI24B9ASD7BSSD", "dQw4w9WgXcQ", "Kx9qZ2Lm", "k3jh4g5k", "xkcdqwrtzp"],
)  # fmt: skip
def test_tokens_are_random(word: str) -> None:
    assert is_random(word)
