"""The gate: labels that look like a person are refused, told by place and kind, never by value."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjmine.errors import Code, PrivacyError
from cjmine.privacy.gate import check_labels, looks_personal
from cjmine.privacy.pseudonyms import Key, tokens
from cjmine.sources import Kind

MAIL, PHONE, BANK = "an e-mail address", "a phone number", "a bank account"
# (country, the national part); check digits are computed, banks and accounts are invented.
ACCOUNTS = [
    ("NL", "ABNA0417164300"), ("NL", "INGB0001234567"), ("BE", "539007547034"),
    ("DE", "370400440532013000"), ("FR", "20041010050500013M02606"), ("GB", "NWBK60161331926819"),
    ("LU", "0019400644750000"), ("ES", "21000418450200051332"), ("AT", "1904300234573201"),
    ("NO", "86011117947"),
]  # fmt: skip


def iban(country: str, account: str) -> str:
    digits = "".join(str(int(sign, 36)) for sign in f"{account}{country}00")
    return f"{country}{98 - int(digits) % 97:02}{account}"


@pytest.mark.parametrize(
    "label",
    [
        "jan@example.nl", "Mail to j.jansen@example.nl", "JAN@EXAMPLE.NL", "jan+tag@example.nl",
        "jan@mail.example.co.uk", "mailto:jan@example.nl", "Jan <jan@example.nl>", "jan@example.nl.",
        "/unsubscribe/jan%40example.nl", "/u?mail=jan@example.nl&x=1", "jürgen@example.nl",
        "jan@exämple.nl", "jan_jansen-1@example-shop.nl", "ｊａｎ＠ｅｘａｍｐｌｅ．ｎｌ",
    ],
)  # fmt: skip
def test_mail_addresses_are_found(label: str) -> None:
    assert looks_personal(label) == MAIL


@pytest.mark.parametrize(
    "label",
    [
        "0612345678", "06-12345678", "06 12345678", "06 1234 5678", "06 12 34 56 78", "06.12345678",
        "06/12345678", "(06) 12345678", "+31612345678", "+31 6 12345678", "+31 (0)6-12345678",
        "+31(0)612345678", "0031612345678", "0031 6 12345678", "%2B31612345678", "tel:+31612345678",
        "020-1234567", "Bel 0612345678.", "/bel/0612345678/terug", "Terugbellen: 06-1234 5678 (Jan)",
        "+32 475 12 34 56", "0475/12.34.56", "+49 30 901820", "+1 212 555 0100", "０６１２３４５６７８",
        "06\u201112345678", "06\u00a012345678",
    ],
)  # fmt: skip
def test_phone_numbers_are_found(label: str) -> None:
    assert looks_personal(label) == PHONE


@pytest.mark.parametrize(
    "label",
    ["BSN 111222333", "bsn: 111.222.333", "/bsn/11122233", "burgerservicenummer 111 222 333",
     "BSN-nummer: 111222333", "van_bsn_111222333"],
)  # fmt: skip
def test_citizen_service_numbers_are_found_where_they_are_named(label: str) -> None:
    assert looks_personal(label) == "a citizen service number"


@pytest.mark.parametrize(
    "label", ["111222333", "BSN asked", "BSN asked 3 times", "order 111222333", "bsnx 111222333"]
)
def test_a_number_alone_is_no_citizen_service_number(label: str) -> None:
    assert looks_personal(label) is None


@pytest.mark.parametrize(("country", "account"), ACCOUNTS)
def test_bank_accounts_are_found(country: str, account: str) -> None:
    plain = iban(country, account)
    grouped = " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))
    for written in (plain, grouped, plain.lower(), grouped.lower(), grouped.replace(" ", "-")):
        for label in (
            written,
            f"Incasso {written}",
            f"/rekening/{written}/wijzig",
            f"{written} Jan",
        ):
            assert looks_personal(label) == BANK, label


@pytest.mark.parametrize(("country", "account"), ACCOUNTS)
def test_wrong_check_digits_are_no_bank_account(country: str, account: str) -> None:
    right = iban(country, account)
    wrong = right[:2] + f"{(int(right[2:4]) + 1) % 97:02}" + right[4:]
    assert looks_personal(wrong) != BANK


@pytest.mark.parametrize(
    "label",
    [
        "Moving page", "/verhuizen/stap-2", "/mijn/{id}/facturen", "POST /mijn/verhuizen", "Stap 12",
        "2026-03-01", "2026-03-01 10:00:00", "2026-03-01T10:00:00.000001Z", "01-02-2026 12:30",
        "01.02.2026 12:30", "06/12/2026 08:15", "2026/03/01 08:15:30", "2026-03-01-08-15-30",
        "/2026/03/01/08/15/30", "1771234567", "1771234567890", "1771234567890123", "Chrome/120.0.0.0",
        "v1.2.3", "10.0.19045.3803", "order 12345", "€ 1.234,56", "00:12:34", "3 x 0,5", "@team",
        "a@b", "jan at example.nl", "1e10", "NL 2024", "BE24 uur bereikbaar voor al uw vragen",
        "50% @ 12:00", "wcag 2.2", "ISO 27001:2022", "80-20-regel", "100 000 000", "0,0000000001",
    ],
)  # fmt: skip
def test_ordinary_labels_pass(label: str) -> None:
    assert looks_personal(label) is None


def test_tokens_never_set_off_the_gate() -> None:
    """Twenty thousand tokens of every kind: not one looks like a person, in any company."""
    key = Key(bytes(range(32)))
    for kind in Kind:
        made = tokens(key, kind, [str(number) for number in range(2500)])
        assert not [token for token in made if looks_personal(token)]
        assert looks_personal(" ".join(made)) is None


def test_ordinary_cells_set_off_the_gate_less_than_once_in_a_hundred_thousand() -> None:
    """Times, durations, versions, short numbers, words: 100,000 cells of a fixed seed."""
    dice = random.Random(7)
    words = ["verhuizen", "factuur", "stap", "mijn", "contract", "nieuw", "be", "nl", "de"]
    made = [
        lambda: (
            f"2026-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}T{dice.randint(0, 23):02}:"
            f"{dice.randint(0, 59):02}:{dice.randint(0, 59):02}.{dice.randint(0, 999999):06}Z"
        ),
        lambda: (
            f"{dice.randint(1, 28):02}-{dice.randint(1, 12):02}-2026 {dice.randint(0, 23):02}:30"
        ),
        lambda: str(dice.randint(1_700_000_000_000, 1_800_000_000_000)),
        lambda: f"{dice.randint(0, 99):02}:{dice.randint(0, 59):02}:{dice.randint(0, 59):02}",
        lambda: f"Chrome/{dice.randint(90, 140)}.0.{dice.randint(0, 9999)}.{dice.randint(0, 255)}",
        lambda: f"/{dice.choice(words)}/{dice.choice(words)}-{dice.randint(0, 9999)}",
        lambda: f"{dice.choice(words)}{dice.randint(10, 99)} {' '.join(dice.choices(words, k=5))}",
        lambda: "".join(dice.choices("0123456789abcdef", k=32)),
        lambda: f"{dice.choice(words)} {dice.randint(0, 99_999_999)}",
        lambda: f"{dice.random():.10f}",
    ]
    found = [cell for n in range(100_000) if looks_personal(cell := made[n % len(made)]())]
    assert len(found) <= 1, found[:5]


def test_invented_people_are_found() -> None:
    """Two thousand addresses, numbers and accounts in many spellings; almost none is missed."""
    dice = random.Random(11)
    letters = string.ascii_lowercase
    missed = {MAIL: 0, PHONE: 0, BANK: 0}
    for _ in range(700):
        name = "".join(dice.choices(letters + "._-", k=dice.randint(1, 12))) + dice.choice(letters)
        mail = dice.choice([f"{name}@example.nl", f"<{name}@EXAMPLE.com>", f"{name}%40example.org"])
        tail = f"{dice.randint(0, 99_999_999):08}"
        cut = f"{tail[:4]} {tail[4:]}"
        phone = dice.choice(
            [f"06{tail}", f"06-{tail}", f"06 {cut}", f"+316{tail}", f"+31 6 {cut}", f"(06) {cut}"]
        )
        account = iban("NL", "".join(dice.choices(string.ascii_uppercase, k=4)) + f"00{tail}")
        frame = dice.choice(["{}", "Contact {}", "/c/{}/x", "({})", "{}: klacht"])
        for kind, value in ((MAIL, mail), (PHONE, phone), (BANK, account)):
            missed[kind] += looks_personal(frame.format(value)) != kind
    assert missed[MAIL] == missed[BANK] == 0
    assert missed[PHONE] <= 700 * 0.02


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_can_be_looked_at(label: str) -> None:
    assert looks_personal(label) in (None, MAIL, PHONE, BANK)


def test_a_long_label_takes_no_long_time() -> None:
    """Nothing in the patterns goes back over a text again and again."""
    for label in ("0" * 50_000, "a" * 50_000, "a@" * 25_000, "06-" * 20_000, "NL00 " * 10_000,
                  "+3" * 25_000, "a." * 25_000, "0 0/" * 12_000):  # fmt: skip
        looks_personal(label)


def test_a_refusal_tells_how_many_and_what_kind_never_the_value() -> None:
    values = ["jan@example.nl", "piet@example.nl", "0612345678", iban("NL", "INGB0001234567")]
    with pytest.raises(PrivacyError) as caught:
        check_labels(["Moving page", *values], "activity")
    error = caught.value
    assert error.exit_status == 4
    assert {problem.code for problem in error.problems} == {Code.LOOKS_PERSONAL}
    assert [problem.message.split(" ")[0] for problem in error.problems] == ["1", "1", "2"]
    assert all(problem.place.column == "activity" for problem in error.problems)
    said = f"{error}{error!r}{error.problems}"
    for value in values:
        assert value not in said


def test_clean_labels_pass() -> None:
    check_labels(["Moving page", "Call: bill question", "/mijn/{id}"], "activity")
    check_labels([], "activity")
