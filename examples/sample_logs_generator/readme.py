"""The README of the set: what it is, the planted truths in words, and every figure."""

import re
from collections.abc import Sequence

from .truth import Truth

TEMPLATE = """\
# Sample logs: moving house with Lichtland Energie

Five months (5 January to 31 May 2026) of invented exports of an invented Dutch energy supplier.
The service is *moving house* (verhuizen): a customer reads the moving page, tells the new address,
the moving date and the meter readings, gets a confirmation, chooses a contract, and receives the
final bill. **Goal: "Final bill mail".** Nobody here exists: names are drawn at random,
mail addresses end in example.com and example.org, IP addresses come from the ranges reserved for
documentation, and the postcodes end in letter pairs that the Netherlands never hands out.
The mobile numbers have a valid form, 06 1234xxxx, and are drawn at random too.

## Files

| file | what | good to know |
| --- | --- | --- |
| `web/access.log`, `web/access.log.1.gz` | Apache Combined, six extra quoted fields: the visitor cookie, the kind of device, the arms of two experiments, the kind of customer (heavy or light user), and the fund (A, B or C) | times with offset; the rotated file ends with 5 April; bots, health checks and assets are in it |
| `analytics.csv` | events of the portal and the app: contract choice, searches | comma, ISO times with offset; `detail` is free text |
| `chats.csv` | chats with the service desk | times in UTC; the provider keeps three months, so it begins on 2 March |
| `calls_2026-01.csv` to `-05.csv` | contact centre, one file a month | semicolons, CRLF, UTF-8 with byte order mark, day first, Amsterdam time; notes with line breaks |
| `servicebox.mbox` | mailbox of the service desk, both directions | encoded words, quoted-printable, escaped "From " lines |
| `surveys.csv`, `surveys_csat.csv` | who was asked for an NPS after the final bill, or for a CSAT after a move that came to nothing; when; and the answer | one row for everybody asked: without an answer the last two columns are empty |
| `customers.csv` | links cookie, phone and mail address to one customer | semicolons; some customers lack a cookie or a phone number |
| `cjmine.toml` | how all of this is read | |
| `journey.yaml` | the ideal journey, with what its owner expects | `cjmine check sample_logs` finds the truths below |
| `portfolio.yaml` | all journeys on one life cycle, with their owners and the reasons for contact | `cjmine portfolio sample_logs` measures them |
| `find-the-way.yaml`, `contract.yaml`, `final-bill.yaml`, `tell-us-online.yaml` | the other journeys of the portfolio | the last is a template: counted apart for each fund |
| `ideas.yaml` | three ideas: what was changed since when, and what it promised | `cjmine ideas measure sample_logs` says what became of each |
| `truths.json` | every figure below, for tests | |

No event is reported by two sources, though some activities happen on two channels (meter readings by web or
phone). Each customer moves once at most.
The clock goes forward on 29 March.

## Steps

| stage | step | recorded as |
| --- | --- | --- |
| Orient | Moving page | web `/verhuizen` |
| | Moving checklist (optional) | web `/verhuizen/checklist` |
| Tell us | Log in | web `/mijn/inloggen` |
| | New address | web `/mijn/verhuizen/stap-1` |
| | Moving date | web `/mijn/verhuizen/stap-2` |
| | Meter readings (any order with Moving date) | web `/mijn/verhuizen/stap-3`, or a call "Meterstanden doorgeven" |
| | Move summary (optional) | web `/mijn/verhuizen/overzicht` |
| | Submit move | web `POST /mijn/verhuizen/bevestigen` |
| Confirm | Confirmation mail, within a day of Submit move | outgoing mail "Bevestiging van uw verhuizing naar …" |
| | Contract offer (optional) | web `/mijn/aanbod` |
| | Contract choice: Keep contract or New contract | analytics `contract_behouden` or `contract_nieuw` |
| Finish | Final bill mail | outgoing mail "Uw eindnota staat klaar – …" |

Exit: Move cancelled (web or call). Friction: Complaint (mail or call) and the calls. Help: Chat opened.
Anywhere: Newsletter, FAQ page, FAQ search, Home page.

## Planted truths

* **Meter readings is where customers leave.** [[drop_off.movers.Meter readings.abandoned]] abandoned
  journeys end there, of [[drop_off.movers.Meter readings.reached]] that reached it. Next comes
  Log in: [[drop_off.movers.Log in.abandoned]] of [[drop_off.movers.Log in.reached]].
* **Customers come back to it.** [[rework.Meter readings.customers]] customers met it more than once,
  [[rework.Meter readings.extra_events]] times too many; [[channel_choice.Meter readings.by_call]] gave
  their readings by phone.
* **The confirm button broke for a week** (13 to 19 April): [[broken_page.week.errors]] of
  [[broken_page.week.posts]] posts answered 500, against [[broken_page.other.errors]] of
  [[broken_page.other.posts]] in the other weeks. [[broken_page.calls_13_to_22_april]] calls about the website
  came in until 22 April; on all other days together [[broken_page.calls_other_days]].
  [[broken_page.customers_hit_who_never_submitted]] of the [[broken_page.customers_hit]] customers hit never
  submitted their move.
* **A newsletter made people call.** It left on Tuesday 24 March to [[mailing.sent]] customers. On the three days
  after it [[mailing.calls_25_to_27_march]] calls came in, on the same days a week before
  [[mailing.calls_18_to_20_march]].
* **Confirmations came late** for moves submitted on 4 to 10 May: [[late_mails.period.late]] of
  [[late_mails.period.confirmations]] took more than 24 hours, otherwise [[late_mails.other.late]] of
  [[late_mails.other.confirmations]]. "Where is my confirmation" was asked
  [[late_mails.calls_4_to_14_may]] times on 4 to 14 May and [[late_mails.calls_other_days]] times on all other days.
* **A new meter form helped** from Monday 16 March on. Of journeys that had their 14 days before it,
  [[form_change.before.Meter readings.abandoned]] of [[form_change.before.Meter readings.reached]] were abandoned at
  Meter readings, of those that began after it [[form_change.after.Meter readings.abandoned]] of
  [[form_change.after.Meter readings.reached]].
* **Of three ideas one kept its promise** (`ideas.yaml`). M-1 is that meter form. M-2, a shorter moving page since
  23 March, was planted without any effect: [[ideas.M-2.before.having]] of [[ideas.M-2.before.of]] left there before and
  [[ideas.M-2.after.having]] of [[ideas.M-2.after.of]] after. M-3 was born in a bad week: after the calls about the newsletter
  somebody thought of a shorter one, from 6 April on. Of the journeys of the month before it
  [[ideas.M-3.month.having]] of [[ideas.M-3.month.of]] had such a call, and [[ideas.M-3.after.having]] of
  [[ideas.M-3.after.of]] after; but of those of the other weeks only [[ideas.M-3.before.having]] of
  [[ideas.M-3.before.of]]: there was little to gain.
* **Logging in by a code helped.** Visitors who began on 30 March to 17 May were asked for a password or a code by
  lot (`login`): [[login.password.Log in.abandoned]] of [[login.password.Log in.reached]] were abandoned at Log in with
  a password, [[login.code.Log in.abandoned]] of [[login.code.Log in.reached]] with a code; the goal was reached by
  [[login.password.completed]] of [[login.password.counted]] and [[login.code.completed]] of [[login.code.counted]].
* **A new banner did nothing** (`banner`, by lot at the same time): the goal was reached by
  [[banner.plain.completed]] of [[banner.plain.counted]] and [[banner.photo.completed]] of [[banner.photo.counted]].
* **Phones are harder** (`device`): [[device.mobile.Meter readings.abandoned]] of
  [[device.mobile.Meter readings.reached]] left the readings on a phone,
  [[device.desktop.Meter readings.abandoned]] of [[device.desktop.Meter readings.reached]] at a desk.
* **The chats begin late.** The first is of [[late_source.first_day]]: before, nobody kept them. That is no wave of chats.
* **Steps are skipped and swapped.** [[skipped.Log in.customers_with_Submit move]] customers submitted without
  a log-in, [[out_of_order.Meter readings before Moving date]] gave readings before the date,
  [[out_of_order.Contract choice before Confirmation mail]] chose a contract before the confirmation.
* **Heavy users do more, and succeed more** (`customer_type`). They look at the Usage page after the log-in more
  often. With the page [[usage_page.with.completed]] of [[usage_page.with.counted]] journeys reach the goal, without it
  [[usage_page.without.completed]] of [[usage_page.without.counted]]: that is the wrong answer. Of heavy users beyond
  the log-in [[usage_page.new_address.heavy.with.completed]] of [[usage_page.new_address.heavy.with.counted]] do with it and
  [[usage_page.new_address.heavy.without.completed]] of [[usage_page.new_address.heavy.without.counted]] without; the page
  was planted without any effect.
* **One optional step is needed.** Who submits without a Move summary reaches the goal less often:
  [[optional.Move summary.without.completed]] of [[optional.Move summary.without.counted]], with it
  [[optional.Move summary.with.completed]] of [[optional.Move summary.with.counted]].
* **Two optional steps are not.** The Contract offer and the Moving checklist were planted by lot, without any effect. Of
  those who choose a contract [[optional.Contract offer.without.completed]] of
  [[optional.Contract offer.without.counted]] reach the goal without the offer,
  [[optional.Contract offer.with.completed]] of [[optional.Contract offer.with.counted]] with it: enough to say that leaving
  it out costs no 3 points. Of those who log in [[optional.Moving checklist.without.completed]] of
  [[optional.Moving checklist.without.counted]] do without the checklist and
  [[optional.Moving checklist.with.completed]] of [[optional.Moving checklist.with.counted]] with it: too few to say so,
  which at these shares would take about 5,300 journeys.
* **The happy ones answer.** Heavy users are happier and answer more often: the NPS of all
  [[survey.nps.answered]] answers is [[survey.nps.points]], weighted for who answers
  [[survey.nps.weighted_by_customer_type]] (heavy users: [[survey.nps.heavy.points]] from
  [[survey.nps.heavy.answered]] of [[survey.nps.heavy.asked]], light users: [[survey.nps.light.points]] from
  [[survey.nps.light.answered]] of [[survey.nps.light.asked]]).
* **One moment decides the score.** With a Confirmation mail that came late the NPS is
  [[survey.nps.Confirmation mail late.bad.points]] ([[survey.nps.Confirmation mail late.bad.answered]] answers), otherwise
  [[survey.nps.Confirmation mail late.good.points]]. Meter readings, which the journey file declares too, have no effect on it:
  [[survey.nps.Meter readings repeated.bad.points]] where they were repeated,
  [[survey.nps.Meter readings repeated.good.points]] where not.
* **Some are silent.** [[silent.customers]] customers of the table have no event at all.
* **One fund differs** (`fund`). Of those who log in [[portfolio.tell-us-online.completed]] of
  [[portfolio.tell-us-online.counted]] submit a move: [[portfolio.tell-us-online.fund.A.completed]] of
  [[portfolio.tell-us-online.fund.A.counted]] in fund A, [[portfolio.tell-us-online.fund.B.completed]] of
  [[portfolio.tell-us-online.fund.B.counted]] in B, [[portfolio.tell-us-online.fund.C.completed]] of
  [[portfolio.tell-us-online.fund.C.counted]] in C. A and B were planted alike, and are within the limits of a funnel plot; C is not.
* **Some contacts have no journey.** [[portfolio.contacts.covered]] of [[portfolio.contacts]] linked contacts are for a
  reason with a journey in `portfolio.yaml`; questions about the newsletter, questions by mail and complaints have none yet.
* **Not everybody is linked.** Requests without cookie: [[unlinked.web.events_without_identifier]]; hidden
  phone numbers: [[unlinked.calls.events_without_identifier]]; see `unlinked` below.
* **Some journeys are still going.** [[open_at_end.started_since_18_may]] customers began on 18 May or later;
  [[open_at_end.of_them_without_goal_or_exit]] of them have no end yet.

## Definitions

An *event* is a loaded record: not a bot, not an asset, not ignored by a rule. A response of 400 or more adds
" (error)" to its activity, so a failed post is no Submit move.
An *identity* is a customer of `customers.csv`, or an identifier (cookie, phone number or mail address, normalised)
that the table does not know. Events without identifier ("-", empty, "Anoniem") belong to no identity.
*Movers* are the customers of the table with at least one Moving page; *movers_all_identities* adds the unknown
identities with one. Days are Amsterdam days. Shares are rounded to four decimals.

| figures | definition |
| --- | --- |
| `files` | records read, and each in exactly one of: `bot` (the user agent says bot, in any case), `asset` (no bot; below `/assets/` or ending in .css .js .png .svg .woff2 .ico), `ignored` (by a rule of `cjmine.toml`), `loaded`; of surveys also how many `answered`: each row is one event for being asked, and one more for an answer |
| `clock` | access-log lines by offset, all lines counted; calls that begin at 6 o'clock UTC, possible only in summer time because the lines open at 8 |
| `events`, `channel` | events by activity and by channel, with or without identity |
| `observed` | first and last event |
| `unlinked` | by source: events without identifier, events of identifiers unknown to the table, how many such identifiers |
| `journeys` | identities with at least one event; those with a Moving page; those with two events in one second |
| `reached` | identities of the population with at least one event of the step, on any channel |
| `states` | open: the first Moving page is less than 14 days (336 hours) before `observed.until`; of the others, by what they have within 14 days from it, completed: a Final bill mail; exited: no bill, Move cancelled; abandoned: neither |
| `goal` | `counted`: the population without the open ones; `later`: those of them whose first Final bill mail came after the 14 days; `with_contract_choice`: those of them with one within the 14 days; share = completed / counted |
| `drop_off` | of counted journeys and their 14 days. `abandoned`: abandoned journeys whose last step event is of this step; `reached`: journeys whose last step event (completed ones: the furthest) is of this step or a later one in the order of the table above, an optional step: those that have it, too; share = abandoned / reached |
| `broken_page` | Submit move with and without error, by day of the request; customers hit: those of the table with an error in the week; calls by "Call: website does not work" |
| `mailing` | all calls on these days, linked or not; callers: customers of the table with a Newsletter and any call on 25 to 27 March |
| `late_mails` | per customer of the table: the first Confirmation mail, measured from the last Submit move before it, counted by the day of that Submit move; late: more than 24 hours |
| `device`, `login`, `banner`, `customer_type` | of all identities with a Moving page: the first value from the first Moving page on; goal and drop-off (`device`: at Meter readings, else at Log in) as above |
| `usage_page`, `optional` | of the counted journeys with a Moving page of all identities, within their 14 days: those with and without the page, and how many completed. `usage_page.new_address`: only those with a Log in and a New address, also by `customer_type`; `optional`: only those that came to the later step (Log in, Submit move, Contract choice) |
| `survey` | answers of movers; points: promoters (9 and 10) minus detractors (6 and less) in a hundred; weighted: both kinds of customers by how many were asked; late: as `late_mails`; repeated: as `rework` |
| `silent` | customers of the table without an event |
| `portfolio` | identities with the event at which the journey begins (Home page, Confirmation mail, contract choice, Log in), 14 days or more before `observed.until`; `completed`: with its goal (Log in, Keep contract, Final bill mail, Submit move) within 14 days from the first of it; `fund`: of those with an event of the fund; `contacts`: events of the reasons in `portfolio.yaml`, of all identities |
| `ideas` | identities with a moving page, by the day of the first: `before` the whole weeks from 5 January to 14 days before the idea, without the week in which it was written down and the one before; `after` those from the idea to 14 days before `observed.until`; `month` the four weeks to the end of the week in which it was written down, or to the idea. `having` of `of`: abandoned at the step of those that reached it, for M-3 with a call about the newsletter within 14 days |
| `form_change` | the same population; `before`: begun by 1 March, so with 14 days before the change; `after`: begun on 16 March or later; `between`: the counted ones that began between the two; drop-off at Meter readings |
| `late_source` | chats, with or without identity, and the Amsterdam day of the first |
| `rework` | movers with two or more Meter readings, on any channel; the events beyond the first |
| `channel_choice` | movers with Meter readings by call; of them those without any by web |
| `skipped` | movers that have the later step and not this one |
| `out_of_order` | movers that have both, the first occurrence of the one before the first of the other |
| `contract`, `cancelled`, `complaints` | movers with such an event, by kind or channel |
| `open_at_end` | movers whose first Moving page is on 18 May or later; of them those neither completed nor exited |

## Make and verify

```
python examples/make_sample_logs.py        # writes this folder again, byte for byte
python examples/verify_sample_logs.py      # recomputes every figure from the files alone
```

Both need Python 3.11 and nothing else. Packed bytes of the `.gz` may differ with another zlib; unpacked they do not.

## Every figure

| figure | value |
| --- | --- |
"""


def readme(truths: Sequence[Truth]) -> str:
    """The README, its figures filled in; an unknown name in the template is a ``KeyError``."""
    values = {truth.key: truth.value for truth in truths}
    text = re.sub(r"\[\[(.+?)\]\]", lambda found: str(values[found[1]]), TEMPLATE)
    return text + "".join(f"| `{truth.key}` | {truth.value} |\n" for truth in truths)
