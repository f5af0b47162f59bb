"""How identifiers became customers, as text."""

from __future__ import annotations

from cjmine.reporters.escaping import padded, visible
from cjmine.results.identity import IdentityReport
from cjmine.results.share import percent


def render(found: IdentityReport) -> str:
    """Totals, the rules, and what was left unlinked on purpose; without a last line feed."""
    minutes = round(found.backward_seconds) // 60
    lines = [
        f"{found.events:,} events of {found.identifiers:,} identifiers"
        f" become {found.customers:,} customers",
        f"  {'events of identifiers that something links':<44}{found.linked:>9,}"
        f"  {percent(found.linked, found.events)} of events",
        f"  {'customers met in more than one source':<44}{found.across:>9,}",
        "",
    ]
    if found.rules:
        lines.append(
            f"  {'rule':<44}{'pairs':>9}{'events it changes':>26}"
            f"{'customers without':>19}{'of these across':>17}"
        )
        lines += [
            f"  {padded(rule.rule, 44)}{rule.pairs:>9,}{rule.events:>17,}"
            f"{percent(rule.events, found.events):>9}"
            f"{rule.customers_without:>19,}{rule.across_without:>17,}"
            for rule in found.rules
        ]
    else:
        lines.append("  nothing links identifiers: no customer table, no record with two of them")
    hubs = f"hubs: of more than {found.hub_limit} customers"
    lines += [
        "",
        f"  {'left unlinked':<44}{'found':>9}{'events of them':>17}",
        f"  {hubs:<44}{found.hubs:>9,}{found.hub_events:>17,}",
        f"  {'clashes: of several customers':<44}{found.clashes:>9,}{found.clash_events:>17,}",
        f"  {'shared devices: by who was seen last':<44}{found.shared_devices:>9,}"
        f"{found.shared_device_events:>17,}",
        "",
        "pairs: identifiers seen together. events it changes: those that would be of another",
        "customer if only this rule were left out; customers without: how many customers there",
        "would then be; of these across: those met in more than one source. An event of a shared",
        f"device before anybody was seen on it is theirs who came within {minutes:,} minutes.",
    ]
    return "\n".join(map(visible, lines))
