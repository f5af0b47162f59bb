"""Spelling variants of one identifier meet, and different identifiers do not."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cjmine.columns import strings
from cjmine.privacy.identifiers import normal_column, normalise, placeholders_among
from cjmine.sources import Identifier, Kind

DUTCH = Identifier("phone", Kind.PHONE, "NL")
BELGIAN = Identifier("phone", Kind.PHONE, "BE")
ANYWHERE = Identifier("phone", Kind.PHONE)
EMAIL = Identifier("mail", Kind.EMAIL)
IP = Identifier("ip", Kind.IP)
CUSTOMER = Identifier("customer", Kind.CUSTOMER)


def one(identifier: Identifier, value: str) -> str | None:
    return normalise(identifier, [value])[0]


SAME_PHONE = [
    "0612345678", "06-12345678", "06 12345678", "06 1234 5678", "06 12 34 56 78", "06.1234.5678",
    "06/12345678", "(06)12345678", "(06) 1234-5678", "06–12345678", "06‑12345678", " 0612345678 ",
    "\u00a00612345678", "+31612345678", "+31 6 12345678", "+31-6-1234-5678", "+31 (0)6 12345678",
    "+31(0)612345678", "+3106 12345678", "0031612345678", "0031 6 12345678", "0031 (0)6 1234 5678",
    "31612345678", "612345678", "0612345678.0", "612345678.0", "tel:+31612345678",
    "TEL:+31-6-12345678", "tel:+31612345678;ext=12", "sip:+31612345678@pbx.example.nl",
    "SIP:0612345678@192.0.2.7", "sips:+31612345678@pbx.example.nl;user=phone", "*31*0612345678",
    "#31#0612345678", "０６１２３４５６７８", "\u202a+31612345678\u202c",
]  # fmt: skip


@pytest.mark.parametrize("spelling", SAME_PHONE)
def test_spellings_of_one_phone_number_meet(spelling: str) -> None:
    assert one(DUTCH, spelling) == "+31612345678"


NO_PHONE = [
    # extensions and service numbers are shared by many: as customers they would invent journeys
    "1234", "112", "14020", "0900-8844", "0900 8844", "08001234", "0800-1234567", "0881234567",
    "088 123 4567",
    # spoilt by a spreadsheet, hidden, several in one cell, too short, too long
    "6.12345678E+08", "6,12345678E+08", "anonymous", "Anoniem", "unknown", "", "-",
    "0612345678 / 0687654321", "0612345678;0687654321", "0612345678, 0687654321",
    "0612345678\n0687654321", "+31612345678;+31687654321", "061234567", "06123456789",
    "+31 6 1234567", "00612345678", "Jan Jansen",
]  # fmt: skip


@pytest.mark.parametrize("value", NO_PHONE)
def test_what_is_no_subscriber_links_to_nobody(value: str) -> None:
    assert one(DUTCH, value) is None


@pytest.mark.parametrize(
    ("identifier", "value", "normal"),
    [
        (DUTCH, "020-1234567", "+31201234567"),
        (DUTCH, "+31 20 123 4567", "+31201234567"),
        (DUTCH, "+32 475 12 34 56", "+32475123456"),
        (BELGIAN, "0475/12.34.56", "+32475123456"),
        (BELGIAN, "0032 475 12 34 56", "+32475123456"),
        # A national number means another subscriber in another country: the region decides.
        (DUTCH, "0475123456", "+31475123456"),
        (BELGIAN, "0475123456", "+32475123456"),
        (BELGIAN, "0612345678", None),
        # Machine-to-machine numbers are subscribers in the Dutch plan.
        (DUTCH, "097012345678", "+3197012345678"),
        (ANYWHERE, "+31 6 12345678", "+31612345678"),
        (ANYWHERE, "0031 6 12345678", "+31612345678"),
        # Without a country, numbers at least meet each other.
        (ANYWHERE, "06-12345678", "0612345678"),
        (ANYWHERE, "06 1234 5678", "0612345678"),
        (ANYWHERE, "1234", None),
    ],
)
def test_the_region_of_the_source_decides(
    identifier: Identifier, value: str, normal: str | None
) -> None:
    assert one(identifier, value) == normal


SAME_MAIL = [
    "jan@example.nl", "Jan@Example.NL", "JAN@EXAMPLE.NL", " jan@example.nl ", "jan@example.nl.",
    "<jan@example.nl>", "Jan <jan@example.nl>", "Jan Jansen <Jan@example.nl>", '"J, J" <jan@example.nl>',
    '"other@example.com" <jan@example.nl>', "mailto:jan@example.nl", "MAILTO:Jan@example.nl",
    "mailto:jan@example.nl?subject=Vraag", "<mailto:jan@example.nl>", "'jan@example.nl'",
    "jan@example.nl (Jan Jansen)", "\u200bjan@example.nl", "\ufeffjan@example.nl",
    # written over by a forwarder, and by a sender that tags its bounces
    "SRS0=HHH=TT=example.nl=jan@forwarder.example.com", "srs0+hhh=tt=Example.nl=Jan@example.com",
    "SRS1=GGG=one.example.com==HHH=TT=example.nl=jan@two.example.com",
    "prvs=1234abcdef=jan@example.nl", "btv1==1234abcdef==jan@example.nl",
]  # fmt: skip


@pytest.mark.parametrize("spelling", SAME_MAIL)
def test_spellings_of_one_mail_address_meet(spelling: str) -> None:
    assert one(EMAIL, spelling) == "jan@example.nl"


@pytest.mark.parametrize(
    "value",
    [
        "jan", "jan@localhost", "@example.nl", "jan@", "a b@example.nl", "jan@@example.nl", "",
        "jan@example.nl, piet@example.nl", "jan@example.nl;piet@example.nl",
        "jan@example.nl\npiet@example.nl", "jan\t@example.nl", "Jan Jansen", "jan@exam ple.nl",
        "jan@example..nl", "jan@.nl", "jan@example.nl [intern]",
        # robots are nobody's address, and one of them writes to many
        "noreply@example.nl", "No-Reply@example.nl", "donotreply@example.nl", "no_reply@example.nl",
        "MAILER-DAEMON@example.nl", "postmaster@example.nl", "owner-news@example.nl",
        "bounces+12-jan=example.nl@example.com",
    ],
)  # fmt: skip
def test_what_is_no_single_mail_address_links_to_nobody(value: str) -> None:
    assert one(EMAIL, value) is None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("jan+news@example.nl", "jan@example.nl"),
        ("j.an@example.nl", "jan@example.nl"),
        ("jan@example.com", "jan@example.nl"),
        ("jan@mail.example.nl", "jan@example.nl"),
        ("jan?@example.nl", "jan@example.nl"),
        ("jan@straße.example", "jan@strasse.example"),
        ("bouncer@example.nl", "ownership@example.nl"),
        ("srs0=jan@example.nl", "jan@example.nl"),
    ],
)
def test_different_mail_addresses_stay_apart(left: str, right: str) -> None:
    assert None not in (found := normalise(EMAIL, [left, right]))
    assert len(set(found)) == 2


@pytest.mark.parametrize(
    ("unicode", "ascii"),
    [
        ("jan@müller.example", "Jan@XN--MLLER-KVA.example"),
        ("jan@mu\u0308ller.example", "jan@xn--mller-kva.example"),
        ("jan@straße.example", "jan@xn--strae-oqa.example"),
    ],
)
def test_both_spellings_of_a_domain_meet(unicode: str, ascii: str) -> None:
    """Mail servers write a domain in ASCII (xn--), people as they read it."""
    assert one(EMAIL, unicode) == one(EMAIL, ascii) is not None


def test_a_domain_that_only_looks_encoded_stays_as_it_is() -> None:
    assert one(EMAIL, "jan@xn--0.example") == "jan@xn--0.example"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("2001:0db8::0001", "2001:db8::1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        (" 192.0.2.1 ", "192.0.2.1"),
    ],
)
def test_forms_of_one_network_address_meet(left: str, right: str) -> None:
    assert one(IP, left) == one(IP, right) is not None


@pytest.mark.parametrize(
    ("left", "right"),
    [("192.0.2.1", "192.0.2.10"), ("2001:db8::1", "2001:db8::10"), ("::1", "127.0.0.1")],
)
def test_different_network_addresses_stay_apart(left: str, right: str) -> None:
    assert one(IP, left) != one(IP, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("00123", "123"), ("K-1", "k-1"), ("K-1", "K1"), ("K-1", "K-01"), ("123", "12.3"), ("10", "10.000"), ("999", "999,000"),
        ("1234", "12 34"), ("A", "Α"), ("ß", "ss"), ("ﬁ", "fi"), ("１", "1"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", [Kind.CUSTOMER, Kind.CASE, Kind.COOKIE, Kind.USER, Kind.AGENT])
def test_texts_that_look_alike_stay_apart(kind: Kind, left: str, right: str) -> None:
    """Nobody declared that padding or case do not matter: a wrong link invents a journey."""
    found = normalise(Identifier("x", kind), [left, right])
    assert len(set(found)) == 2 and None not in found


@given(st.text(max_size=20))
def test_a_text_is_trimmed_and_composed_and_nothing_else(value: str) -> None:
    assume(
        not re.search(r"^[='\"\s]|[\u200b-\u200f\u202a-\u202e\u2060\ufeff]|[.,]0|[eE]|:.*:", value)
    )
    expected = unicodedata.normalize("NFC", value.strip()) or None
    assert one(CUSTOMER, value) == expected
    decomposed = unicodedata.normalize("NFD", value)
    assert one(CUSTOMER, f"  {decomposed}\n") == expected


@given(
    st.integers(0, 99_999_999), st.sampled_from(["06", "06-", "+316", "00316", "316", "+31 (0)6 "])
)
def test_any_mobile_number_meets_its_international_form(number: int, prefix: str) -> None:
    written = f"{number:08}"
    expected = one(DUTCH, f"+316{written}")
    assert expected in (None, f"+316{written}")
    assert one(DUTCH, prefix + written) == expected
    assert one(DUTCH, prefix + " ".join(written)) == expected


@given(st.sampled_from(list(Kind)), st.lists(st.text(max_size=30), max_size=10))
def test_a_normal_form_is_its_own_normal_form(kind: Kind, values: list[str]) -> None:
    """What came out once comes out again; order and company do not matter."""
    identifier = Identifier("x", kind, "NL")
    found = normalise(identifier, values)
    assert found == [one(identifier, value) for value in values]
    for normal in found:
        assert normal is None or one(identifier, normal) == normal


pieces = st.sampled_from(
    ["xn--", "mller-kva", "srs0=", "prvs=", "=", "a", "b.nl", "@", "mailto:", "'", "(", ")", "<"]
)


@given(st.lists(pieces, min_size=1, max_size=8), st.sampled_from(["", "@b.nl"]))
def test_so_is_that_of_a_mail_address_of_odd_pieces(parts: list[str], end: str) -> None:
    normal = one(EMAIL, "".join(parts) + end)
    assert normal is None or one(EMAIL, normal) == normal


NOBODY = [
    "NULL", "\\N", "N/A", "null", "NaN", "(not set)", "undefined", "None", "-", "onbekend", " NA ",
    "anonymous", "00000000-0000-0000-0000-000000000000", "#N/B", "#N/A", "#VERW!", "(none)", "n.v.t.",
    "[null]", "?", "nil", "false", "--", "<NA>", "NaT", "(leeg)", "(blank)", "unknown", "guest", "UNKNOWN",
    # other programs and languages
    "#NV", "#REF!", "#WAARDE!", "#NAAM?", "#DEEL/0!", "Err:502", "(leer)", "(vide)", "k.A.", "unbekannt",
    "inconnu", "<null>", "[undefined]", "[object Object]", "DBNull", "1.#IND", "-nan", "{}", "[]", "***",
    "xxxx", "XXX", "…", "niet ingevuld", "nvt", "n.b.", "gast", "[deleted]", "redacted", "{{user_id}}",
    "${userId}", "%USER_ID%", "{00000000-0000-0000-0000-000000000000}", "f" * 8 + "-ffff-ffff-ffff-" + "f" * 12,
    "0" * 32, "0.0.0.0", "::",
]  # fmt: skip


@pytest.mark.parametrize("word", NOBODY)
def test_words_for_nobody_are_no_customer(word: str) -> None:
    """All who have no identifier would be one customer."""
    assert placeholders_among(strings([word, f" {word.upper()}\t"])) == {word, f" {word.upper()}\t"}


def test_names_are_no_words_for_nobody() -> None:
    names = [
        "Nana",
        "0",
        "none@example.nl",
        "n",
        "K-",
        "NL",
        "null1",
        "#1001",
        "(1001)",
        "{K-1}",
        "0000",
    ]
    names += [
        "xx",
        "Nilsson",
        "Nan-1",
        "unknown.person",
        "5f0c",
        "00000000-0000-0000-0000-000000000001",
    ]
    assert not placeholders_among(strings(names))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("10023.0", "10023"), ("10023,0", "10023"), ("10023.00", "10023"), ("10023.000", "10023"), ("7.000000", "7"), ("00123.0", "00123"),
        ('="00123"', "00123"), ("=\"00123\"", "00123"), ('=T("00123")', "00123"), ("'00123", "00123"),
        ("'00123'", "00123"), ('"00123"', "00123"), ("\ufeff00123", "00123"), ("\u200b00123", "00123"),
        ("00123\u200e", "00123"), ("\u00a000123", "00123"), ("'=\"00123\"", "00123"), ('="10023.0"', "10023"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", [Kind.CUSTOMER, Kind.CASE, Kind.USER, Kind.AGENT])
def test_what_programs_do_to_a_number_is_undone(kind: Kind, left: str, right: str) -> None:
    """A gap in a column of numbers, and the ways to keep a spreadsheet from changing one."""
    assert one(Identifier("x", kind), left) == one(Identifier("x", kind), right) == right


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    "value",
    [
        "3,16123E+10", "3.16123e+10", "1,00000000012346E+15", "1.0E10", "1e+22", "=\"3,16123E+10\"",
        "-1.5E-07", "9007199254740992.0", "'3,16123E+10", " 3,16123E+10 ",
    ],
)  # fmt: skip
def test_a_number_that_lost_digits_is_nobody(kind: Kind, value: str) -> None:
    """It may be any of a million numbers: a token of it would merge different people."""
    assert one(Identifier("x", kind, "NL"), value) is None


@pytest.mark.parametrize(
    "value", ["12E45", "1E10", "5e3", "E+10", "1.2.3E4", "K1.5E+10", "12.5E", "10.023"]
)
def test_a_code_that_only_looks_like_a_power_of_ten_is_a_customer(value: str) -> None:
    assert one(CUSTOMER, value) == value


ADDRESS = "203.0.113.5"
SAME_ADDRESS = [
    "203.0.113.5:33453", "203.0.113.5:33453,+172.16.0.1:49770", "203.0.113.5, 172.16.0.1", "203.0.113.5,10.0.0.1",
    '"203.0.113.5, 10.0.0.1"', "(203.0.113.5, 10.0.0.1)", "::ffff:203.0.113.5", "[::ffff:203.0.113.5]:80",
    "203.000.113.005", "203.0.113.5/32", "for=203.0.113.5", 'for="203.0.113.5:4711";proto=https;by=10.0.0.1',
    "For=203.0.113.5, for=10.0.0.2", "10.1.2.3, 203.0.113.5", "192.168.0.9, 203.0.113.5, 64.252.140.97",
    "203.0.113.5, unknown", "203.0.113.5, proxy.example.net", " 203.0.113.5 ", "'203.0.113.5", "203.0.113.5, ",
    "203.0.113.5 10.0.0.1", "203.0.113.5,%2010.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("spelling", SAME_ADDRESS)
def test_ports_lists_and_forms_of_an_address_meet(spelling: str) -> None:
    """A port is of a connection; a list names the client and then the proxies."""
    assert one(IP, spelling) == ADDRESS


@pytest.mark.parametrize(
    "spelling",
    ["[2001:db8::7]:5123", "[2001:db8::7]:5123,+172.16.0.1", "2001:DB8:0:0:0:0:0:7", "2001:db8::7/128",
     "2001:db8::7%eth0", 'for="[2001:db8::7]:47"'],
)  # fmt: skip
@pytest.mark.parametrize("kind", [Kind.IP, Kind.CUSTOMER, Kind.USER, Kind.COOKIE])
def test_addresses_are_brought_into_one_spelling_whatever_the_kind(
    kind: Kind, spelling: str
) -> None:
    """A column that holds addresses need not be declared as one."""
    assert one(Identifier("x", kind), spelling) == "2001:db8::7"
    assert one(Identifier("x", kind), "203.0.113.5:80") == ADDRESS


@pytest.mark.parametrize(
    "value",
    ["unknown, 10.0.0.1", "-, 203.0.113.5", ", 10.0.0.1", "203.0.113.0/24", "<133>Dec", "203.0.113",
     "203.0.113.5.6", "0.0.0.0:80", "[::]:80", "a b", "203.0.113.5, <script>", "300.1.2.3", "12345"],
)  # fmt: skip
def test_what_is_no_client_is_nobody(value: str) -> None:
    """The first in a list is not known, so the next is a proxy of many."""
    assert one(IP, value) is None


@pytest.mark.parametrize("kind", [Kind.CUSTOMER, Kind.COOKIE, Kind.USER])
def test_a_list_without_its_client_is_nobody_in_any_column(kind: Kind) -> None:
    identifier = Identifier("x", kind)
    assert one(identifier, "unknown, 10.0.0.1") is None
    assert one(identifier, "-,10.0.0.1") is None
    assert one(identifier, "unknown, Jan") == "unknown, Jan"


def test_clients_by_name() -> None:
    """Hosts are named in small or capital letters; a hash of an address stays as it is."""
    assert one(IP, "PC12.ISP.example.") == one(IP, "pc12.isp.example") == "pc12.isp.example"
    assert one(IP, "203.0.113.x") == "203.0.113.x"
    assert one(IP, "q83vEjRWeJA=") == "q83vEjRWeJA="


@pytest.mark.parametrize(
    "value", ["10.0.0.1 Jan", "10.0.0.1 Piet", "001.002.003.004", "1.2.3.4", "00:1a:2b:3c:4d:5e"]
)
def test_customers_that_only_begin_with_an_address_stay_as_they_are(value: str) -> None:
    assert one(CUSTOMER, value) == value


def test_numbers_of_a_declared_width_meet_their_lost_zeros() -> None:
    """A spreadsheet ate the zeros, a form put dots in, another system writes small letters."""
    identifier = Identifier("klantnummer", Kind.CUSTOMER, width=8)
    written = ["00012345", "12345", "12345.0", "0001.2345", " 00 012345", "000000012345"]
    assert set(normalise(identifier, written)) == {"00012345"}
    assert normalise(identifier, ["k-1", "K1"]) == ["000000K1"] * 2
    assert normalise(identifier, ["123456789", "", "0"]) == [None, None, None]
    assert normalise(identifier, ["1.2E+05", "1,2e+05"]) == [None, None], (
        "a spreadsheet lost digits"
    )
    assert normalise(Identifier("klantnummer"), ["00012345", "12345"]) == ["00012345", "12345"]


def test_a_uuid_is_one_in_capitals_and_brackets() -> None:
    """As one system writes it and another; without its dashes it may be something else."""
    uuid = "d9b2d63d-a233-4123-847a-7f3d4b1f6c2e"
    written = [uuid, uuid.upper(), f"{{{uuid.upper()}}}", f"({uuid})", f"urn:uuid:{uuid}"]
    for kind in (Kind.CUSTOMER, Kind.COOKIE, Kind.USER):
        assert set(normal_column(Identifier("id", kind), strings(written))) == {uuid}
    other = [uuid.replace("-", ""), "ABCDEF-123456789012", "{K-1}"]
    assert normal_column(Identifier("id"), strings(other)) == other
