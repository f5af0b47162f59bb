"""Bring your own data frame: of pandas, of polars, or anything else that hands over Arrow.

The data are invented here. Identifiers become tokens on the way in; the frame stays as it is.
"""

# %% Three columns are enough: who, what, when.
import pandas as pd

import cjmine as cj

events = pd.DataFrame(
    [
        (f"customer {one}", what, f"2026-03-{1 + one % 28:02} 10:{minute:02}:00", plan)
        for one in range(60)
        for plan in [("free", "paid")[one % 2]]
        for minute, what in enumerate(
            ["Sign up", "First login", *(["Invite"] * (one % 3 + one % 2 > 1))]
        )
    ],
    columns=["user", "event", "at", "plan"],
)
log = cj.from_frame(
    events, customer="user", activity="event", timestamp="at", tz="Europe/Amsterdam", keep="plan"
)
print(log)
# > <cjmine.EventLog 150 events, 60 customers, 3 activities>

# %% Chains do not change anything: every verb gives a new value.
found = log.discover(goal="Invite", by="plan")
print(found.segments.to_string(index=False))
print(found.directly_follows[["from", "to", "count"]].to_string(index=False))
# > value  journeys  reached  of
# >  free        30       10  30
# >  paid        30       20  30
# >        from          to  count
# >     Sign up First login     60
# > First login      Invite     30

# %% Errors say what is wrong and where: the row, never the value.
events.loc[7, "at"] = "yesterday"
try:
    cj.from_frame(events, customer="user", activity="event", timestamp="at", tz="Europe/Amsterdam")
except cj.CjmineError as error:
    for problem in error.problems:
        print(problem.code, problem.message, "|", problem.place)
# > L120 1 of 150 records cannot be events; 0 are allowed | data frame
# > L108 the time is empty or cannot be read | data frame, record 8, column at
