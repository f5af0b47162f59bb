"""The report as a file: what it tells, in which language, and that nothing in it asks or acts."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.resources import files

import pytest
from lxml import html as markup
from markupsafe import Markup
from notation import log
from reporters.hostile import LABELS, check, judged
from reporters.hostile_priorities import priorities

from cjmine.analysis.intervals import share
from cjmine.errors import Code, Note
from cjmine.ideal.deviations import DeviationClass, Marker
from cjmine.ideal.journey import Bound, Level
from cjmine.reporters.explanations import explanation
from cjmine.reporters.html import render
from cjmine.reporters.html.report import Made, Report
from cjmine.reporters.language import Lang, Language, language
from cjmine.reporters.trend import page as trend_page
from cjmine.results.check import Check, Example
from cjmine.results.discovery import (
    ActivityRow,
    ChannelRow,
    Discovery,
    FlowRow,
    LoopRow,
    SwitchRow,
    VariantRow,
    goal_of,
)
from cjmine.results.expectations import ExpectationRow, Undecided, Verdict
from cjmine.results.figures import OTHER
from cjmine.results.log import Source
from cjmine.results.map import Column, JourneyMap, Wait
from cjmine.results.segments import CheckedSegment, CheckedSegments
from cjmine.results.share import WITHHELD
from cjmine.results.trend import Trend
from cjmine.sentences import Sentence
from cjmine.version import VERSION

MADE = Made("cjmine report logs", VERSION, "0" * 64, 3_600_000_000, True, ("Search",))
SECTIONS = ("verdict", "map", "expectations", "every", "flows", "times", "channels", "journeys", "quality",
            "reproduction")  # fmt: skip


def discovery(label: str = "Checkout") -> Discovery:
    """A discovery in which every text from the outside is the label."""
    checked = check(label)
    return Discovery(
        schema="cjmine/discover/1",
        log=checked.log,
        sources=(Source(label, label, 9, 5, 1, 1, 2, 5, unlinked=3),),
        activities=(
            ActivityRow(label, 900, 700, 600, None),
            ActivityRow("Basket", 500, 400, 0, 300),
            ActivityRow(OTHER, 40, 30, None, None),
        ),
        directly_follows=(
            FlowRow(label, "Basket", 300, 60.0, None),
            FlowRow(OTHER, OTHER, 20, None, None),
        ),
        variants=(
            VariantRow((label, label, "Basket"), 300, False),
            VariantRow((label,), 100, False),
            VariantRow((label,), 40, True),
        ),
        goal=goal_of((label, "Basket"), share(300, 700)),
        channels=(ChannelRow(label, 900, 700), ChannelRow(OTHER, 20, 20)),
        loops=(LoopRow(label, 20, 700, 10, None),),
        switches=(SwitchRow(label, OTHER, 40, 30),),
        segments=None,
        notes=(Note(Code.GOAL_ABSENT, label),),
        privacy=checked.privacy,
    )


def report(label: str = "Checkout", few: bool = False) -> Report:
    """A report of a check, a discovery and priorities."""
    return Report(check(label, few), discovery(label), MADE, priorities=priorities(label))


@cache
def page(text: str) -> markup.HtmlElement:
    return markup.document_fromstring(text)


@pytest.mark.parametrize("lang", Lang)
def test_everything_stands_in_its_order(lang: Lang) -> None:
    """Verdict, map, expectations, priorities, flows, time, channels, journeys, data, how it was made."""
    found = page(render(report(), lang))
    assert tuple(one.get("id") for one in found.iter("section")) == SECTIONS
    assert found.get("lang") == lang.value
    assert [one.get("href") for one in found.xpath("//nav//a")] == [
        f"#{one}" for one in SECTIONS[1:]
    ]
    levels = [int(one.tag[1]) for one in found.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(next_ <= now + 1 for now, next_ in zip(levels, levels[1:], strict=False))


def test_an_expectation_tells_all_that_it_rests_on() -> None:
    """Code, sentence, budget, share with interval, counts, change, line; in the Dutch way too."""
    for lang, wanted in (
        (Lang.EN, "✗ D101 Drop-off at Checkout Expected at most 12 % Found 14.3 % (12.9 to 15.9) "
                  "Counted 320 of 2,232 journeys Since the baseline +4.4 pp (+2.5 pp to +6.3 pp) "
                  "Journey file folder/Checkout.yaml:12 What to do Look at the examples, at the "
                  "channel and at what came unexpectedly just before."),
        (Lang.NL, "✗ D101 Uitval bij Checkout Verwacht hoogstens 12 % Gemeten 14,3 % (12,9 tot 15,9) "
                  "Geteld 320 van 2.232 klantreizen Sinds de nulmeting +4,4 pp (+2,5 pp tot +6,3 pp) "
                  "Journeybestand folder/Checkout.yaml:12 Wat te doen Kijk naar de voorbeelden, naar "
                  "het kanaal en naar wat er vlak daarvoor onverwacht gebeurde."),
    ):  # fmt: skip
        (card, *_) = page(render(report(), lang)).xpath("//article[contains(@class,'broken')]")
        parts = card.xpath("./*[not(self::details)]//text()")
        assert " ".join(" ".join(parts).split()) == wanted


def test_a_budget_is_said_as_it_is_written_where_an_older_result_does_not_say_its_side() -> None:
    """A budget that a baseline is added to is never shown as one without."""
    (row, *_) = check().expectations
    old = replace(row, budget=">= baseline - 2 pp", bound=None, limit=-0.02)
    shown = page(render(replace(report(), checked=judged(check(), (old,)))))
    assert "Expected >= baseline - 2 pp Found" in " ".join(
        " ".join(shown.xpath("//article//text()")).split()
    )


def test_the_verdict_comes_first_with_the_goal_rate_and_its_interval() -> None:
    """The first lines are enough to know how it stands."""
    head = page(render(report())).xpath("string(//section[@id='verdict'])")
    assert "1 of 6 expectations broken" in head
    assert (
        "Goal “Checkout” reached: 14.3 % (12.9 to 15.9), 320 of 2,232 journeys"
        " begun 1 January 1970, 3 more later." in head
    )


def judged_row() -> ExpectationRow:
    """A broken expectation about a share."""
    return ExpectationRow(
        Code.DROP_OFF, "drop-off at Pay", "Pay", verdict=Verdict.BROKEN, level=Level.ERROR,
        value=0.3, low=0.2, high=0.4, n=30, of=100, share=share(30, 100), budget="<= 12%",
        bound=Bound.MOST, limit=0.12, change=None, because=None, line=4,
    )  # fmt: skip


def test_what_is_wrong_comes_before_the_figures_the_costliest_first() -> None:
    """Each with what was found and expected, the journeys too many, and advice in the language."""
    first = judged_row()
    other = replace(
        first, code=Code.REACHED, step="Buy", share=share(40, 100), n=40, value=0.4,
        budget=">= 80%", bound=Bound.LEAST, limit=0.8,
    )  # fmt: skip
    kept = replace(first, verdict=Verdict.KEPT)
    found = replace(check(), expectations=(kept, first, other), verdict=Verdict.BROKEN)
    shown = page(render(replace(report(), checked=found)))
    items = [
        " ".join(one.xpath("string()").split()) for one in shown.xpath("//ol[@class='findings']/li")
    ]
    assert [one.partition(":")[0] for one in items] == ["Buy reached", "Drop-off at Pay"]
    assert "40.0 % (30.9 to 49.8), expected at least 80 %. That is 40 journeys too few." in items[0]
    assert "expected at most 12 %. That is 18 journeys too many." in items[1]
    assert "Look at the examples" in items[1]
    (where,) = shown.xpath("//ol[@class='findings']/li[2]//a/@href")
    (card,) = shown.xpath(f"//*[@id='{where[1:]}']")
    assert "What to do" in card.xpath("string()")
    order = [one.tag for one in shown.xpath("//section[@id='verdict']/*")]
    assert order.index("ol") < order.index("dl")
    dutch = page(render(replace(report(), checked=found), Lang.NL))
    assert "Dat zijn 18 klantreizen te veel. Kijk naar" in dutch.xpath(
        "string(//ol[@class='findings']/li[2])"
    )
    nothing = page(render(replace(report(), checked=judged(found, (kept,)))))
    assert nothing.xpath("//ol[@class='findings']") == []


def test_a_withheld_share_has_no_number_of_journeys() -> None:
    """And advice is there for every code that an expectation may have, as it is explained."""
    from cjmine.reporters.html.findings import cost

    withheld = replace(judged_row(), share=WITHHELD, n=None, of=None)
    assert cost(withheld) is None
    assert cost(replace(judged_row(), bound=Bound.BASELINE_MOST)) is None
    codes = {key.partition(".")[2] for key in language(Lang.NL).texts if key.startswith("advice.")}
    texts = language(Lang.EN).texts
    about = {
        key.removeprefix("report.expect-") for key in texts if key.startswith("report.expect-")
    }
    assert codes == about - {"between"}
    assert all(texts[f"advice.{code}"] == explanation(Code(code)).fix for code in codes)


@pytest.mark.parametrize(
    ("checked", "found", "absent"),
    [(None, discovery(), "check"), (check(), None, "discovery")],
)
def test_what_is_absent_is_said_with_the_run_that_gives_it(
    checked: Check | None, found: Discovery | None, absent: str
) -> None:
    """Every section but that of priorities is there, whatever the report was made from."""
    text = render(Report(checked, found, MADE))
    sections = tuple(one for one in SECTIONS if one != "every")
    assert tuple(one.get("id") for one in page(text).iter("section")) == sections
    assert text.count(f"This report holds no {absent}: ") >= 3


def every_text(text: str) -> Iterator[str]:
    for one in page(text).iter():
        if isinstance(one.tag, str) and one.tag not in ("script", "style"):
            yield from (one.text or "", one.tail or "", *one.attrib.values())


@pytest.mark.parametrize("few", [False, True])
@pytest.mark.parametrize("label", LABELS, ids=range(len(LABELS)))
def test_no_label_becomes_markup(label: str, few: bool) -> None:
    """The same elements stand in the page whatever the labels are, and no attribute acts."""
    found = page(render(report(label, few)))
    assert {one.tag for one in found.iter("script", "b", "injected", "iframe", "img")} == {"script"}
    assert len(list(found.iter("script"))) == 1
    assert not [one for one in found.iter() if isinstance(one.tag, str) for key in one.attrib
                if key.startswith("on") or key == "style"]  # fmt: skip
    assert all(one.startswith("#") for one in found.xpath("//@href"))
    assert not found.xpath("//@src")
    assert not any(sign in part for part in every_text(render(report(label, few)))
                   for sign in ("\x1b", "\u202e", "\x07"))  # fmt: skip


def test_the_policy_allows_one_script_and_nothing_else() -> None:
    """The hash is that of the script, and the page names nothing outside itself."""
    text = render(report())
    (policy,) = page(text).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{digest}'" in policy
    assert "https:" not in text and "//" not in re.sub(r"http://www.w3.org/2000/svg", "", text)


def test_the_same_report_has_the_same_bytes() -> None:
    """No clock, no chance, no order of a hash."""
    assert render(report()) == render(report())


def test_no_token_is_printed() -> None:
    """The key is told by its name; tokens are not even in the values that a report is made of."""
    assert not re.search(
        r"(?:customer|case|cookie|phone|email)_[bcdfghjklmnpqrst]{32}", render(report())
    )


def test_ids_are_unique() -> None:
    """A link leads to one place; pictures stand beside each other without meeting."""
    found = page(render(report())).xpath("//@id")
    assert len(found) == len(set(found))


def test_every_table_has_a_caption_and_heads_with_a_scope() -> None:
    """Who does not see the table hears what it is about."""
    tables = page(render(report())).xpath("//table")
    assert len(tables) > 6
    for one in tables:
        assert one.xpath("string(caption)").strip()
        assert all(head.get("scope") in ("col", "row") for head in one.iter("th"))


# The catalogue.


class Watched(Mapping[str, str]):
    """Texts that remember which of them were used."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts, self.used = texts, set[str]()

    def __getitem__(self, key: str) -> str:
        self.used.add(key)
        return self.texts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


def braces(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_both_languages_say_the_same_things() -> None:
    """The same keys, and in each text the same places to fill in."""
    english, dutch = (language(one).texts for one in Lang)
    assert set(english) == set(dutch)
    assert [key for key in english if braces(english[key]) != braces(dutch[key])] == []
    alike = {key for key in english if english[key] == dutch[key] and key.startswith("report.")}
    assert alike <= {
        "report.fitness", "report.expect-G102", "report.head-code", "report.marker-unexpected",
        "report.made-filters", "report.head-variant",
    }  # fmt: skip


def reports() -> Iterator[Report]:
    """Reports that together say everything that can be said."""
    full = check()
    (row, *_) = full.expectations
    codes = ("G101", "G102", "G103", "D101", "D102", "D201", "D202", "D203", "D204", "D205", "D206",
             "D210", "D211")  # fmt: skip
    rows: list[ExpectationRow] = [replace(row, code=Code(code)) for code in codes]
    rows += [
        replace(row, code=Code.UNEXPECTED, between=("a", "b")),
        replace(row, budget=">= 30%", limit=0.3, bound=Bound.LEAST),
        *(replace(row, code=Code.LATE, step=f"s{n}") for n in range(3)),
        replace(row, budget="<= baseline + 2 pp", bound=Bound.BASELINE_MOST),
        replace(row, budget=">= baseline - 2 pp", bound=Bound.BASELINE_LEAST, limit=-0.02),
        replace(row, code=Code.FITNESS, n=None, of=None, share=None, budget=">= 0.8", bound=Bound.LEAST, limit=0.8),
        replace(row, code=Code.FITNESS, n=None, of=None, share=None, value=0.01, change=replace(row.change, value=0.01)),
        replace(row, n=None, of=None, share=None, value=None, low=None, high=None),
        replace(row, n=0, of=0, share=share(0, 0), value=None, verdict=Verdict.INCONCLUSIVE),
        *full.expectations,
    ]  # fmt: skip
    every = [
        replace(one, class_=kind.value) for one in full.deviations[:1] for kind in DeviationClass
    ]
    marked = [
        Example(
            "skipped",
            12,
            tuple(replace(full.examples[0].columns[1], marker=one) for one in (None, *Marker)),
        )
    ]
    limits = [(None, 60), (60, None), (60, 90)]
    timing, wait = full.timings[0], Wait("other", 30, 60.0, 90.0)
    yield replace(
        report(),
        checked=replace(
            judged(full, tuple(rows)),
            deviations=(
                *every, replace(every[0], accepted=True, friction=True), full.deviations[1],
            ),
            examples=tuple(marked),
            timings=tuple(replace(timing, step=f"s{n}") for n in range(3)),
            steps=(*full.steps, *(replace(full.steps[0], step=one)
                                          for one in ("s0", "s1", "s2", "other"))),
            map=replace(
                full.map,
                columns=tuple(Column(f"s{n}", "x", (), least, most)
                              for n, (least, most) in enumerate(limits)),
                brackets=(),
                waits=(wait,),
            ),
            never=replace(full.never, abandoned=1, exited=1, open=1),
            states=replace(full.states, truncated=27),
        ),
    )  # fmt: skip
    for verdict in (Verdict.BROKEN, Verdict.INCONCLUSIVE, Verdict.WARNED, Verdict.KEPT):
        for count in (1, 2):
            several = (replace(row, verdict=verdict, level=Level.ERROR),) * count
            yield Report(judged(full, several), None, MADE)
    for cause in Undecided:
        undecided = replace(row, verdict=Verdict.INCONCLUSIVE, undecided=cause)
        yield Report(judged(full, (undecided,)), None, MADE)
    bare = replace(
        judged(full, ()), map=JourneyMap((), ()), timings=(), sources=(), notes=(),
        goal=goal_of(("x",), WITHHELD), examples=(), baseline=None,
    )  # fmt: skip
    yield Report(bare, None, Made("x", VERSION, results=("a.json",)))
    yield Report(replace(bare, privacy=replace(bare.privacy, key=None)), None, Made("x", VERSION))
    segment = CheckedSegment("A", 90, bare.goal.share, WITHHELD)
    yield Report(replace(bare, segments=CheckedSegments("fund", (segment,))), None, MADE)
    released = replace(bare, privacy=replace(bare.privacy, release=True))
    yield Report(released, None, Made("x", VERSION))
    found = discovery()
    names = tuple(ActivityRow(f"b{n}", 900, 90, 0, 0) for n in range(21))
    pairs = [FlowRow(f"b{m}", f"b{n}", 9, None, None) for m in range(21) for n in range(21)]
    yield Report(None, replace(found, directly_follows=tuple(pairs), activities=names), MADE)
    yield Report(full, replace(found, log=replace(found.log, journeys=9_000)), MADE)
    yield Report(None, replace(found, log=replace(found.log, without_entry=9)), MADE)
    many = tuple(FlowRow("a", f"b{n}", 9, None, None) for n in range(60))
    names = tuple(ActivityRow(name, 900, 90, 0, 0) for name in ("a", *(f"b{n}" for n in range(60))))
    yield Report(None, replace(found, goal=None, directly_follows=many, activities=names), MADE)
    empty = replace(found, directly_follows=(), channels=(), switches=(), variants=())
    yield Report(None, empty, MADE)
    yield Report(None, replace(found, switches=()), MADE)


def test_every_text_of_the_catalogue_is_used() -> None:
    """What nothing says any more is not translated for nothing; nor is a code forgotten."""
    watched = Watched(language(Lang.NL).texts)
    spoken = Language(Lang.NL, watched)
    from cjmine.reporters import html
    from cjmine.reporters.check.words import tally, why
    from cjmine.reporters.html.page import page as whole

    for one in reports():
        for part in (*html._CHECKED, *html._SECTIONS):
            part(one, spoken)
        for part in html._BASIS:
            part(one.basis, spoken)
        whole("x", Markup("y"), html._CONTENTS, spoken)
        for row in one.checked.expectations if one.checked else ():
            why(row, spoken)
        if one.checked:
            tally(one.checked, spoken)
    for found in trends():
        trend_page.body(found, spoken)
        whole("x", Markup("y"), trend_page.CONTENTS, spoken)
    wanted = {key for key in watched if key.startswith(("report.", "verdict."))}
    assert wanted - watched.used == set()


def trends() -> Iterator[Trend]:
    """Trends of a quiet log and of one whose labels begin late, without and with its flow."""
    from cjmine.verbs.ideals import goal_alone
    from cjmine.verbs.trend import trend
    from cjmine.verbs.trend_settings import TrendSettings

    asked = TrendSettings(goal=("Buy",), min_group=1)
    weeks = [f"c{n}: Search@{n}d Buy@{n}.1d" for n in range(60)]
    late = [*weeks, *(f"l{n}: Chat@{n}d Buy@{n}.1d" for n in range(40, 60))]
    for lines, settings in ((weeks, asked), (late, replace(asked, drift=True))):
        yield trend(log("\n".join(lines)), goal_alone(settings), settings)


def test_every_note_has_a_short_sentence_in_both_languages() -> None:
    """Each code once with its title, below it its notes in the language of the report."""
    codes = {code.value for code in Code if code.value.startswith("N2")}
    told = {key.partition(".")[2] for key in language(Lang.NL).texts if key.startswith("note.")}
    assert codes - told == set()
    notes = (Sentence.SAME_TIME.note(1200), Note(Code.TIES, "of an older version"))
    text = render(Report(replace(check(), notes=notes), None, MADE), Lang.NL)
    assert "Gebeurtenissen op hetzelfde moment</dt><dd>klantreizen met gebeurtenissen op" in text
    assert "de volgorde van de bron: 1.200</dd><dd>of an older version</dd>" in text
    assert text.count("<code>N202</code>") == 1


# Colours.


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How much two colours differ (WCAG 2.1), from 1 to 21.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("number", [0, 1, 2], ids=["light", "dark", "print"])
def test_colours_can_be_told_apart(number: int) -> None:
    """Texts 4.5 to 1 and shapes 3 to 1, on the page and on its lanes, in every scheme."""
    style = (files("cjmine.reporters.html") / "style.css").read_text("utf-8")
    schemes = [dict(re.findall(r"--(\w+): (#\w{6});", block))
               for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)]  # fmt: skip
    assert len(schemes) == 3
    colours = schemes[number]
    for back in ("back", "lane"):
        for name in ("text", "muted", "link", "alert"):
            assert contrast(colours[name], colours[back]) >= 4.5, (name, back)
        for name in ("strong", "loss"):
            assert contrast(colours[name], colours[back]) >= 3, (name, back)
