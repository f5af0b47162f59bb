"""Hints: each tip by hand on small worlds, what silences them, and the same in any parts."""

from __future__ import annotations

import numpy as np
import pytest
from analysis.test_check_parts import shop_logs
from hypothesis import given
from hypothesis import strategies as st
from notation import log
from strategies import examples, log_from

from cjmine.counting.split import Split
from cjmine.declared import Declared, DeclaredContact
from cjmine.eventlog.journeys import CutRules, cut
from cjmine.eventlog.log import EventLog
from cjmine.ideal.edits import EditKind
from cjmine.ideal.file import WrittenIdeal, compiled_journey
from cjmine.results.codec import to_json
from cjmine.results.hints import Hint, Hints, Tip
from cjmine.results.verdicts import Verdict
from cjmine.verbs.hints import hints
from cjmine.verbs.hints_settings import HintsSettings

HOUR, DAY = 3600, 86_400
JOURNEY = """\
journey: order
goal: Pay
entry: Search
deadline: 10d
stages:
  - stage: One
    steps:
      - Search
      - optional: Tips
      - Cart
      - {step: Mail, channel: mail}
      - Pay
"""
CONTACT = Declared(contact=DeclaredContact(activities=("Call",)))


def found(events: EventLog, text: str = JOURNEY, min_group: int = 1, **asked: object) -> Hints:
    ideal = WrittenIdeal(text, compiled_journey(text, "journey.yaml"))
    return hints(events, ideal, HintsSettings(min_group=min_group, **asked), CONTACT)


def of_tip(result: Hints, tip: Tip) -> list[Hint]:
    return [one for one in result.hints if one.tip is tip]


def worlds(journeys: int, with_: float, without: float, seed: int = 7) -> EventLog:
    """Half of the journeys leave out Cart, half of them see Tips; who pays depends on Cart alone.

    Everybody comes to Mail, in the same month and channel.
    """
    rng = np.random.default_rng(seed)
    has_cart, has_tips = rng.random(journeys) < 0.5, rng.random(journeys) < 0.5
    pays = rng.random(journeys) < np.where(has_cart, with_, without)
    rows = []
    for number in range(journeys):
        names = ["Search", *(["Tips"] if has_tips[number] else [])]
        names += [*(["Cart"] if has_cart[number] else []), "Mail"]
        names += ["Pay"] if pays[number] else ["Look"]
        begin = 60 * number
        rows += [(f"c{number:05}", name, begin + at) for at, name in enumerate(names)]
    return log_from([*rows, ("end", "Search", 60 * journeys + 20 * DAY)])


def test_a_harmless_step_is_a_hint_and_an_optional_one_too() -> None:
    """6,000 a side: the whole interval is above -3 pp; the required step gets an edit."""
    result = found(worlds(12_000, 0.6, 0.6), min_group=10)
    skips = {one.step: one for one in of_tip(result, Tip.SKIP)}
    assert set(skips) == {"Cart", "Tips"}
    for one in skips.values():
        assert one.verdict is Verdict.NO_HARM and one.margin == 0.03
        assert one.effect is not None and one.effect.low > -0.03
        assert one.q is not None and one.q < 0.05 and one.needed is None
    assert skips["Cart"].edit is not None and skips["Cart"].edit.edit is EditKind.OPTIONAL
    assert skips["Cart"].edit.what == ("Cart",) and skips["Tips"].edit is None
    n, of = skips["Cart"].n, skips["Cart"].of
    assert of == 12_000 and abs(n - 6_000) < 200


def test_a_needed_step_is_none() -> None:
    """Without it 10 points fewer pay: like journeys say so, and nothing is proposed."""
    result = found(worlds(6_000, 0.6, 0.5))
    assert [one.step for one in of_tip(result, Tip.SKIP)] == ["Tips"]


def test_what_cannot_be_told_says_how_many_journeys_would() -> None:
    """400 a side are too few for 3 points, and enough for 20."""
    result = found(worlds(800, 0.6, 0.6))
    cart = next(one for one in of_tip(result, Tip.SKIP) if one.step == "Cart")
    assert cart.verdict is Verdict.CANNOT_TELL and cart.edit is None and cart.is_open
    assert cart.needed is not None and 3_800 < cart.needed < 4_400  # 15.7 p (1 - p) / 0.03²
    wide = found(worlds(800, 0.6, 0.6), margin=0.2)
    cart = next(one for one in of_tip(wide, Tip.SKIP) if one.step == "Cart")
    assert cart.verdict is Verdict.NO_HARM and cart.margin == 0.2


def test_too_few_like_journeys_cannot_say() -> None:
    cart = next(one for one in of_tip(found(worlds(40, 0.6, 0.6)), Tip.SKIP) if one.step == "Cart")
    assert (cart.verdict, cart.effect, cart.edit) == (Verdict.CANNOT_SAY, None, None)


def test_a_step_that_says_why_it_is_kept_is_silent() -> None:
    text = JOURNEY.replace("- Cart", "- {step: Cart, keep: it is law}")
    result = found(worlds(12_000, 0.6, 0.6), text)
    assert [one.step for one in of_tip(result, Tip.SKIP)] == ["Tips"]
    assert [(one.tip, one.step, one.because) for one in result.kept] == [
        (Tip.SKIP, "Cart", "it is law")
    ]


def lines(text: str, times: int, days: int = 0) -> str:
    """The same line for several customers, each an hour after the one before."""
    return "\n".join(
        f"{text.split(':')[0]}{number}:"
        + "".join(f" {_later(word, days * DAY + number * HOUR)}" for word in text.split()[1:])
        for number in range(times)
    )


def _later(word: str, seconds: int) -> str:
    name, _, rest = word.partition("@")
    time, _, more = rest.partition("@")
    return f"{name}@{int(time or 0) + seconds}" + (f"@{more}" if more else "")


END = "end: Search@90d"


def test_two_steps_that_many_turn_round() -> None:
    """60 of 200 have Cart after Mail; as many of both pay. The edit takes them in any order."""
    text = JOURNEY.replace("      - optional: Tips\n", "")
    every = [
        lines("a: Search@0 Cart@60 Mail@120 Pay@180", 90),
        lines("b: Search@0 Cart@60 Mail@120 Look@180", 50),
        lines("c: Search@0 Mail@60 Cart@120 Pay@180", 38),
        lines("d: Search@0 Mail@60 Cart@120 Look@180", 22),
    ]
    (one,) = of_tip(found(log("\n".join([*every, END])), text, margin=0.3), Tip.REVERSE)
    assert (one.n, one.of, {one.step, one.other}) == (60, 200, {"Cart", "Mail"})
    assert one.edit is not None and one.edit.what == ("Cart", "Mail")
    assert one.verdict is Verdict.NO_HARM


def test_what_customers_do_in_the_day_before_and_after() -> None:
    """40 of 100 read reviews in the day before; 10 of them did so a week before as well."""
    every = [
        lines("a: Review@1728000 Search@1735200 Cart@1735260 Mail@1735300 Pay@1735400", 30),
        lines(
            "b: Review@1123200 Review@1728000 Search@1735200 Cart@1735260 Mail@1735300 Pay@1735400",
            10,
        ),
        lines("c: Search@1735200 Cart@1735260 Mail@1735300 Pay@1735400 Bill@1740000", 60),
    ]
    result = found(log("\n".join(["first: Search@0", *every, END])))
    (before,) = of_tip(result, Tip.BEFORE)
    assert (before.step, before.other, before.n, before.of) == ("Search", "Review", 40, 100)
    assert before.effect is not None and before.effect.value == pytest.approx(0.3)
    assert before.verdict is Verdict.GAIN and before.effect.low > 0.2
    (after,) = of_tip(result, Tip.AFTER)
    assert (after.step, after.other, after.n, after.of) == ("Pay", "Bill", 60, 100)
    assert after.effect is not None and after.effect.value == pytest.approx(0.6)


def test_what_is_as_usual_is_no_part_of_the_journey() -> None:
    """All read reviews every week at the same hour: no more than usual, so it is not proposed."""
    line = "a: Review@1123200 Review@1728000 Search@1735200 Cart@1735260 Mail@1735300 Pay@1735400"
    result = found(log("\n".join(["first: Search@0", lines(line, 60), END])))
    assert [one.verdict for one in of_tip(result, Tip.BEFORE)] in ([], [Verdict.CANNOT_SAY])


def test_lost_before_any_message_and_contact_after_the_goal() -> None:
    """Of 60 lost journeys 40 heard nothing; the first message takes 2 hours; 20 of 100 call."""
    every = [
        lines("a: Search@0 Cart@60 Mail@7200 Pay@7300 Call@90000", 20),
        lines("b: Search@0 Cart@60 Mail@7200 Pay@7300", 80),
        lines("c: Search@0 Cart@60", 40),
        lines("d: Search@0 Cart@60 Mail@7200", 20),
    ]
    result = found(log("\n".join([*every, END])))
    (start,) = of_tip(result, Tip.START)
    assert (start.n, start.of, start.seconds) == (40, 60, 7200.0)
    (end,) = of_tip(result, Tip.END)
    assert (end.n, end.of, end.verdict) == (20, 100, None)


def test_the_longest_wait_without_a_message() -> None:
    text = JOURNEY.replace(
        "- {step: Mail, channel: mail}", "- Check\n      - {step: Mail, channel: mail}"
    )
    line = "a: Search@0 Cart@60 Check@20000 Mail@20100 Pay@20160"
    (one,) = of_tip(found(log("\n".join([lines(line, 40), END])), text), Tip.SOFTEN)
    assert (one.step, one.n, one.of, one.seconds) == ("Check", 40, 40, 19_940.0)


def test_the_same_in_two_channels_and_many_clicks() -> None:
    every = [
        lines("a: Search@0@web Cart@60@web Cart@90@app Mail@120@mail Pay@180@web", 30),
        lines(
            "b: Search@0@web Cart@1@web Cart@2@web Cart@3@web Cart@4@web Mail@9@mail Pay@18@web", 30
        ),
        lines("c: Search@0@web Cart@60@web Mail@120@mail Pay@180@web", 40),
    ]
    result = found(log("\n".join([*every, END])))
    (twice,) = of_tip(result, Tip.ASKED_TWICE)
    assert (twice.step, twice.n, twice.of) == ("Cart", 30, 100)
    (clicks,) = of_tip(result, Tip.SIMPLE)
    assert (clicks.step, clicks.n, clicks.of) == ("Cart", 30, 100)


def test_a_journey_of_more_than_ten_steps() -> None:
    steps = [f"S{number:02}" for number in range(11)]
    text = "journey: long\ngoal: S10\ndeadline: 1d\nstages: [{stage: One, steps: [" + ", ".join(
        steps
    )
    line = "a: " + " ".join(f"{name}@{60 * at}" for at, name in enumerate(steps))
    events = log("\n".join([lines(line, 20), "end: S00@90d"]))
    (one,) = of_tip(found(events, text + "]}]\n"), Tip.SIMPLE)
    assert (one.step, one.n, one.of) == ("", 20, 20)
    assert of_tip(found(events, text.replace("S00, ", "") + "]}]\n"), Tip.SIMPLE) == []


def test_two_ways_that_the_file_does_not_describe() -> None:
    """Of 100 journeys 90 go one of two ways, and hardly any step is where the file has it."""
    every = [
        lines("a: Search@0 X@60 Y@70 Z@80 V@90 W@95", 50),
        lines("b: Search@0 Z@60 Y@70 X@80 V@90 W@95", 40),
        lines("c: Search@0 Cart@60 Mail@80 Pay@90", 10),
    ]
    (one,) = of_tip(found(log("\n".join([*every, END]))), Tip.REDESIGN)
    assert (one.n, one.of) == (90, 100)


def rated(text: str = JOURNEY) -> Hints:
    """60 of 160 hear of their order late, and say 2 instead of 9; all are asked at the end."""
    text = text.replace("{step: Mail, channel: mail", "{step: Mail, channel: mail, within: 2h")
    lines_ = [
        f"{first}{number}: Search@{number}h Cart@{number + 1}h Mail@{number + wait}h@mail"
        f" Pay@{number + 30}h NPS@{number + 31}h@survey@score={score - number % 2}"
        for first, many, wait, score in (("a", 100, 2, 9), ("b", 60, 20, 2))
        for number in range(many)
    ]
    return found(log("\n".join([*lines_, END])), text)


def test_a_moment_that_goes_with_the_score_and_is_not_declared() -> None:
    """Declared as a moment of truth, it is known, and nothing is proposed."""
    (one,) = of_tip(rated(), Tip.TRUTH)
    assert (one.step, one.other, one.n, one.of) == ("Mail", "NPS", 60, 160)
    assert one.effect is not None and one.effect.value == pytest.approx(-7.0, abs=0.1)
    assert one.verdict is Verdict.LOSS and one.q is not None and one.q < 0.05
    known = JOURNEY.replace("channel: mail}", "channel: mail, moment-of-truth: true}")
    assert of_tip(rated(known), Tip.TRUTH) == []


def test_the_step_after_which_scores_are_best() -> None:
    """60 are asked after Cart and say 3, 100 after Pay and say 9."""
    every = [
        *(f"a{n}: Search@{n}h Cart@{n + 1}h NPS@{n + 2}h@survey@score=3" for n in range(60)),
        *(
            f"b{n}: Search@{n}h Cart@{n + 1}h Mail@{n + 2}h@mail Pay@{n + 3}h"
            f" NPS@{n + 4}h@survey@score=9"
            for n in range(100)
        ),
    ]
    (one,) = of_tip(found(log("\n".join([*every, END]))), Tip.PEAK)
    assert (one.step, one.other, one.n, one.of) == ("Pay", "NPS", 100, 160)


def test_no_hint_is_about_few_customers() -> None:
    """The same logs at the usual smallest group: what 8 customers do is not said."""
    every = [
        lines("a: Search@0@web Cart@60@web Cart@90@app Mail@120@mail Pay@180@web", 8),
        lines("c: Search@0@web Cart@60@web Mail@120@mail Pay@180@web", 40),
    ]
    events = log("\n".join([*every, END]))
    assert len(of_tip(found(events), Tip.ASKED_TWICE)) == 1
    for one in found(events, min_group=10).hints:
        assert one.n >= 10 and (one.of == one.n or one.of - one.n >= 10)


def test_an_empty_log_has_no_hint() -> None:
    result = found(log("end: Look@1d"))
    assert (result.hints, result.kept) == ((), ())


def _journeys_of(events: EventLog) -> int:
    """The customers who have a journey: surveys alone are none."""
    return cut(events, CutRules()).customers


@given(shop_logs(), st.sampled_from((1, 3)), st.integers(2, 7))
@examples(10)
def test_in_parts_it_is_the_same(events: EventLog, min_group: int, parts: int) -> None:
    text = JOURNEY.replace("Search", "Home").replace("entry: Home\n", "")
    text = text.replace("deadline: 10d\n", "")
    if _journeys_of(events) < min_group:
        return  # such a log is refused
    ideal = WrittenIdeal(text, compiled_journey(text, "journey.yaml"))
    settings = HintsSettings(min_group=min_group)
    whole, split = (
        to_json(hints(events, ideal, settings, CONTACT, split=Split(parts=many)))
        for many in (1, parts)
    )
    assert whole == split
