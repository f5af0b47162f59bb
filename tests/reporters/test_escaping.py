"""Signs that are none, in labels: no XML may hold them, so they are written out."""

from __future__ import annotations

import xml.etree.ElementTree as Xml

import pytest

from cjmine.reporters import escaping
from cjmine.reporters.escaping import visible
from cjmine.reporters.svg import escaped

NONE = [0xFFFE, 0xFFFF, 0xFDD0, 0xFDEF, 0x1FFFE, 0x10FFFF]


@pytest.mark.parametrize("code", NONE)
def test_what_is_no_character_is_written_out(code: int) -> None:
    """A picture with such a label is still XML, and the label can be seen."""
    shown = Xml.fromstring(f"<text>{escaped('a' + chr(code))}</text>").text
    assert shown == visible("a" + chr(code)) and shown.isascii() and f"{code:x}" in shown


def test_new_letters_and_signs_stay() -> None:
    """Emoji and letters, also those that this Python does not know yet, are no danger."""
    assert visible("één 🧾 𞤀 \u0378") == "één 🧾 𞤀 \u0378"


def test_without_the_rule_a_picture_is_no_xml(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control."""
    monkeypatch.setattr(escaping, "_is_no_character", lambda _: False)
    with pytest.raises(Xml.ParseError):
        Xml.fromstring(f"<text>{escaped('a' + chr(0xFFFE))}</text>")
