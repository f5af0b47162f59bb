"""Mail: separators, quoted patches, ids of many mails, dates that cannot be right."""

from __future__ import annotations

from cases.case import Case


def _read(mails: int) -> tuple[int, int, int, int, int]:
    return (mails, mails, 0, 0, 0)


_MARCH = (
    "2025-03-03T11:00:00+00:00",
    "2025-03-03T11:10:00+00:00",
    "2025-03-03T11:20:00+00:00",
)

MAIL = (
    Case("M01-bare-from", "sniff inbox.mbox", says=("a mailbox (mbox)",)),
    Case("M01-bare-from", "load inbox.mbox", customers=3, account=_read(3)),
    Case("M01-bare-from", "load inbox2.mbox", customers=3, account=_read(3)),
    Case("M01-bare-from", "load late.mbox", customers=2, account=_read(2)),
    Case("M01-bare-from", "load tb.mbox", customers=2, account=_read(2)),
    Case("M02-body-from", "load inbox.mbox", customers=3, account=_read(3)),
    Case("M02-body-from", "load sha.mbox", customers=1, account=_read(1)),
    Case("M03-dates", "load inbox.mbox --max-rejects 50", 3, ("L111",)),
    Case(
        "M03-dates",
        "load inbox.mbox --max-rejects 50 --tz Europe/Amsterdam",
        notes=("N206", "N210", "N211", "N271", "N272"),
        account=_read(20),
    ),
    Case("M05-same-message-id", "load inbox.mbox", customers=7, account=_read(7)),
    Case("M06-no-date", "load inbox.mbox", notes=("N206", "N211", "N272"), moments=_MARCH),
)
