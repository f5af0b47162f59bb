"""JUnit XML: every expectation a test case, as GitLab, Jenkins and Azure show them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as Xml

from cjmine.reporters.check.words import expected_and_found, headline, of_builds, why
from cjmine.reporters.escaping import visible
from cjmine.reporters.formats import Asked
from cjmine.reporters.language import Language
from cjmine.results.check import Check
from cjmine.results.expectations import ExpectationRow, Verdict

_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(found: Check, asked: Asked) -> str:
    """A check as JUnit XML; ends without a line feed. Inconclusive and accepted are skipped."""
    rows, language = found.expectations, of_builds(found)
    skipped = found.count(Verdict.INCONCLUSIVE) + found.count(Verdict.ACCEPTED)
    counts = {
        "tests": str(len(rows)),
        "failures": str(found.count(Verdict.BROKEN)),
        "errors": "0",
        "skipped": str(skipped),
    }
    root = Xml.Element("testsuites", {"name": "cjmine check", **_without(counts, "skipped")})
    name = _clean(found.journey)
    suite = Xml.SubElement(root, "testsuite", {"name": name, **counts, "time": "0"})
    for row in rows:
        _case(suite, row, name, found.journey_file, language)
    Xml.SubElement(suite, "system-out").text = _clean(headline(found, language))
    Xml.indent(root)
    written = Xml.tostring(root, encoding="unicode").replace("##", "&#35;#")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}'


def _case(
    suite: Xml.Element, row: ExpectationRow, journey: str, file: str, language: Language
) -> None:
    called = _clean(f"{row.code} {row.what}")
    case = Xml.SubElement(suite, "testcase", {"classname": journey, "name": called, "time": "0"})
    said = expected_and_found(row, language)
    reason = why(row, language)
    place = f"{file}:{row.line}" if row.line else file
    match row.verdict:
        case Verdict.BROKEN:
            failure = Xml.SubElement(
                case, "failure", {"type": row.code.value, "message": _clean(said)}
            )
            failure.text = _clean(f"{place}\n{said}")
        case Verdict.INCONCLUSIVE | Verdict.ACCEPTED:
            Xml.SubElement(case, "skipped", {"message": _clean(f"{reason} ({said})")})
        case Verdict.WARNED:
            Xml.SubElement(case, "system-out").text = _clean(f"warning: {said} ({reason})")


def _without(counts: dict[str, str], left_out: str) -> dict[str, str]:
    return {key: value for key, value in counts.items() if key != left_out}


def _clean(text: str) -> str:
    """Text that XML can carry, and that no build service obeys."""
    lines = (visible(line) for line in _FORBIDDEN.sub("\ufffd", text).split("\n"))
    return "\n".join(lines)
