"""The funnel plot of a template: the goal of each value by its journeys, between its limits."""

from __future__ import annotations

from markupsafe import Markup

from cjmine.reporters.language import Language
from cjmine.reporters.svg import element, escaped, path, text
from cjmine.results.portfolio import Standing, TemplateRow, ValueRow

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 560.0, 260.0, 52.0, 40.0, 12.0, 90.0
_MOST_NAMES = 8


def funnel_plot(found: TemplateRow, language: Language) -> Markup:
    """Empty where no value is judged. Limits are those of each value, joined in order of size."""
    judged = [one for one in found.values if one.verdict is not None and one.of]
    if not judged or found.share is None:
        return Markup()
    judged.sort(key=lambda one: (one.of or 0, one.value))
    most = max(one.of or 0 for one in judged)
    ends = [end for one in judged for end in (one.limits_998 or ())]
    ends += [(one.n or 0) / (one.of or 1) for one in judged]
    low, high = max(0.0, min(ends) - 0.02), min(1.0, max(ends) + 0.02)

    def x(of: float) -> float:
        return _LEFT + of / most * (_WIDTH - _LEFT - _RIGHT)

    def y(value: float) -> float:
        return _TOP + (high - value) / (high - low) * (_HEIGHT - _TOP - _BOTTOM)

    parts = [element("title", escaped(_title(found, language)))]
    for value in (low, found.share, high):
        parts.append(
            element(
                "line", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y(value), y2=y(value), class_="tm-grid"
            )
        )
        written = language.number(f"{100 * value:.0f} %")
        parts.append(text(_LEFT - 6, y(value) + 4, written, "tm-tick", "end"))
    for name, class_ in (("limits_95", "fp-inner"), ("limits_998", "fp-outer")):
        for end in (0, 1):
            points = [
                (x(one.of or 0), y(limits[end]))
                for one in judged
                if (limits := getattr(one, name)) is not None
            ]
            parts.append(element("path", d=path(points), class_=class_, fill="none"))
    named = len(judged) <= _MOST_NAMES
    parts += [_point(one, x(one.of or 0), y((one.n or 0) / (one.of or 1)), named) for one in judged]
    parts.append(
        text(_LEFT, _HEIGHT - 10, language.say("portfolio.funnel-axis"), "tm-tick", "start")
    )
    parts.append(text(_WIDTH - _RIGHT, _HEIGHT - 10, language.count(most), "tm-tick", "end"))
    return element(
        "svg",
        *parts,
        viewBox=f"0 0 {_WIDTH:.0f} {_HEIGHT:.0f}",
        role="img",
        class_=" ".join(("times", "funnel")),
    )


def _title(found: TemplateRow, language: Language) -> str:
    return language.say("portfolio.funnel-title", template=found.template, column=found.column)


def _point(one: ValueRow, x: float, y: float, named: bool) -> Markup:
    """A dot; a hollow square where the value is outside, which always has its name."""
    if one.verdict is Standing.WITHIN:
        mark = element("circle", cx=x, cy=y, r=4, class_="tm-dot")
        return mark + text(x + 9, y + 4, one.value) if named else mark
    mark = element("rect", x=x - 5, y=y - 5, width=10, height=10, class_="fp-outside")
    return mark + text(x + 9, y + 4, one.value)
