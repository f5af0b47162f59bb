"""How identifiers became customers, as text."""

from __future__ import annotations

from cjmine.reporters.escaping import padded, visible
from cjmine.reporters.language import Language
from cjmine.results.identity import IdentityReport

_WIDE = 44


def render(found: IdentityReport, language: Language) -> str:
    """Totals, the rules, and what was left unlinked on purpose; without a last line feed."""
    say, count = language.say, language.count
    heads = ("pairs", "changes", "without", "across-of-these", "unlinked", "found", "events-of")
    pairs, changes, without, across, unlinked, number, events_of = (
        say(f"identity.{one}") for one in heads
    )
    share = say("identity.of-events", share=language.share(found.linked, found.events))
    lines = [
        say(
            "identity.customers",
            events=count(found.events),
            identifiers=count(found.identifiers),
            customers=count(found.customers),
        ),
        f"  {say('identity.linked'):<{_WIDE}}{count(found.linked):>9}  {share}",
        f"  {say('identity.across'):<{_WIDE}}{count(found.across):>9}",
        "",
    ]
    if found.rules:
        rule = say("identity.rule")
        lines.append(
            f"  {rule:<{_WIDE}}{pairs:>9}{changes:>26}{without:>19}{across:>17}",
        )
        lines += [
            f"  {padded(one.rule, _WIDE)}{count(one.pairs):>9}{count(one.events):>17}"
            f"{language.share(one.events, found.events):>9}"
            f"{count(one.customers_without):>19}{count(one.across_without):>17}"
            for one in found.rules
        ]
    else:
        lines.append(f"  {say('identity.no-rules')}")
    left = (
        (say("identity.hubs", n=found.hub_limit), found.hubs, found.hub_events),
        (say("identity.clashes"), found.clashes, found.clash_events),
        (say("identity.shared"), found.shared_devices, found.shared_device_events),
    )
    lines += ["", f"  {unlinked:<{_WIDE}}{number:>9}{events_of:>17}"]
    lines += [
        f"  {name:<{_WIDE}}{count(those):>9}{count(events):>17}" for name, those, events in left
    ]
    minutes = count(round(found.backward_seconds) // 60)
    lines += ["", *say("identity.legend", minutes=minutes).split("\n")]
    return "\n".join(map(visible, lines))
