"""Short names of time zones, by what each means in practice.

Names with several meanings (IST: India, Israel, Ireland) are left out: a time with one is not read.
"""

from __future__ import annotations

ZONE_HOURS = {
    name: float(hours)
    for hours, names in (
        ("-10", "HST"), ("-9", "AKST"), ("-8", "PST AKDT"), ("-7", "MST PDT"), ("-6", "CST MDT"),
        ("-5", "EST CDT"), ("-4", "EDT AST"), ("-3", "ADT"), ("0", "UT UTC GMT Z WET"),
        ("1", "CET MET MEZ WEST BST"), ("2", "CEST MEST MESZ METDST CETDST EET SAST"),
        ("3", "EEST MSK"), ("8", "HKT SGT AWST"), ("9", "JST KST"), ("9.5", "ACST"),
        ("10", "AEST"), ("10.5", "ACDT"), ("11", "AEDT"), ("12", "NZST"), ("13", "NZDT"),
    )
    for name in names.split()
}  # fmt: skip


def offset_text(hours: float) -> str:
    """An offset from UTC as it is written.

    >>> offset_text(9.5), offset_text(-5)
    ('+09:30', '-05:00')
    """
    return f"{'-' if hours < 0 else '+'}{int(abs(hours)):02}:{int(abs(hours) * 60) % 60:02}"
