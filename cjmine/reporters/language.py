"""The words of screens, pictures and reports in the reader's language, and how it writes numbers.

The words are in `languages/*.toml`, one file a language, and a translator needs to know nothing
else: texts between braces such as {count} are filled in, and stay as they are. What a log or a
journey file says (touchpoints, stages) is never translated.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from cjmine.errors import Code
from cjmine.results.full_time import JudgedPeriod
from cjmine.results.log import Privacy
from cjmine.results.share import Share, percent

DASH = "–"
_UNITS = ((86_400.0, "d"), (3_600.0, "h"), (60.0, "min"), (1.0, "s"))


class Lang(StrEnum):
    """The languages there are."""

    EN = "en"
    NL = "nl"


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its texts by name, and its way with numbers and days.

    >>> english = language(Lang.EN)
    >>> english.count(1582), english.share(1, 3), english.seconds(5400)
    ('1,582', '33.3 %', '1.5 h')
    >>> english.seconds(7200), english.seconds(7300), english.seconds(860_000)
    ('2 h', '2 h', '10 d')
    >>> language(Lang.NL).share(395, 1582), language(Lang.NL).count(1582)
    ('25,0 %', '1.582')
    """

    code: Lang
    texts: Mapping[str, str]
    withheld: str = DASH
    uncertain: bool = False

    def say(self, name: str, **filled: object) -> str:
        """A text by name, with its braces filled in. Raises KeyError for an unknown name."""
        return self.texts[name].format(**filled)

    def number(self, written: str) -> str:
        """A number written the English way, in the way of this language."""
        signs = self.say("number.thousands") + self.say("number.decimal")
        return written.translate(str.maketrans(",.", signs))

    def count(self, number: int | None) -> str:
        """A count; a dash where it is withheld, or in what is released the limit below which."""
        return self.withheld if number is None else self.number(f"{number:,}")

    def about(self, privacy: Privacy) -> Language:
        """The same for a result: what is released says why a count is withheld.

        >>> language(Lang.EN).about(Privacy(10, 0, None, release=True)).count(None)
        '<10'
        """
        return replace(self, withheld=f"<{privacy.min_group}") if privacy.release else self

    def judging(self, judged: JudgedPeriod | None) -> Language:
        """The same for shares of judged journeys: marked ≈ where no log can show their full time.

        That is where nobody declared a deadline, and too few journeys say what it could be.
        """
        return self if judged is None else replace(self, uncertain=judged.uncertain)

    def marked(self, figure: str) -> str:
        """A figure with the mark ≈, where shares are uncertain."""
        return self.say("figure.uncertain", figure=figure) if self.uncertain else figure

    def counted(self, noun: str, number: int) -> str:
        """A count with its noun in the right number, by a name of the catalogue's table `count`.

        >>> english().counted("journey", 1), language(Lang.NL).counted("journey", 1200)
        ('1 journey', '1.200 klantreizen')
        """
        ending = "one" if number == 1 else "many"
        return self.say(f"count.{noun}-{ending}", n=self.count(number))

    def advice(self, code: Code) -> str:
        """What to do about a finding, as `cjmine explain` says it; "" where that is not said."""
        return self.texts.get(f"advice.{code}", "")

    def share(self, n: int | None, of: int | None) -> str:
        """A share of journeys, a dash where it is withheld; 0 % and 100 % only where true."""
        shown = self.number(percent(n, of))
        return shown if n is None or not of else self.marked(shown)

    def ratio(self, ratio: Share) -> str:
        """A share with its interval and what it is a share of; a dash where it is withheld."""
        return ", ".join(self.ratio_parts(ratio))

    def ratio_parts(self, ratio: Share) -> tuple[str, ...]:
        """The same as parts that a line may end between."""
        if ratio.value is None:
            return (DASH,)
        counts = self.say("figure.of", n=self.count(ratio.n), of=self.count(ratio.of))
        return self.with_interval(ratio), counts

    def with_interval(self, ratio: Share, wide: int = 0) -> str:
        """A share with its interval: `14.3 % (12.9 to 15.9)`; alone where that is withheld."""
        value = f"{self.share(ratio.n, ratio.of):>{wide}}"
        if ratio.low is None or ratio.high is None:
            return value
        low, high = (self.number(f"{100 * end:.1f}") for end in (ratio.low, ratio.high))
        return self.say("report.with-interval", value=value, low=low, high=high)

    def points(self, change: float) -> str:
        """A difference of shares in percentage points, with its sign."""
        return self.number(f"{100 * change:+.1f}").replace("-", "−") + " " + self.say("number.pp")

    def seconds(self, seconds: float | None) -> str:
        """A time in its largest fitting unit; a dash where it is withheld."""
        if seconds is None:
            return DASH
        for size, unit in _UNITS:
            if seconds >= size or unit == "s":
                value = round(seconds / size, 1)
                shown = f"{value:.1f}" if value < 10 and value != int(value) else f"{value:,.0f}"
                return f"{self.number(shown)} {self.say(f'unit.{unit}')}"
        raise AssertionError("seconds are the smallest unit")

    def day(self, found: date) -> str:
        """A day with the name of its month."""
        return f"{found.day} {self.say(f'month.{found.month}')} {found.year}"

    def period(self, days: tuple[date, date] | None, zone: str) -> str:
        """The first and the last day, and the zone that they are days of; a dash without days."""
        return DASH if days is None else f"{self.days(days)} ({zone})"

    def days(self, days: tuple[date, date] | None) -> str:
        """The first and the last day of a period; a dash without days."""
        if days is None:
            return DASH
        first, last = (self.day(one) for one in days)
        return first if first == last else self.say("number.period", first=first, last=last)


def capitalised(text: str) -> str:
    """A text of the catalogue at the beginning of a line.

    >>> capitalised("no expectations are declared")
    'No expectations are declared'
    """
    return text[:1].upper() + text[1:]


def english() -> Language:
    """The language of machine formats, and of screens unless another is asked for."""
    return language(Lang.EN)


@cache
def language(code: Lang) -> Language:
    """The texts of one language."""
    text = (files("cjmine.reporters") / "languages" / f"{code}.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    texts = {f"{table}.{key}": text for table, part in tables.items() for key, text in part.items()}
    return Language(code, texts)
