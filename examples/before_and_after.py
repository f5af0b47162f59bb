"""Before and after a change: did the shorter form help, or is it chance?

The data are invented here: an order form that loses fewer customers after a change.
"""

# %% Two months of an invented shop, as data frames.
from pathlib import Path

import pandas as pd

import cjmine as cj


def month(first_day: str, customers: int, lost_in_twelve: int) -> pd.DataFrame:
    """Customers who search, open the form and order, but for some of every twelve."""
    rows = []
    for one in range(customers):
        start = pd.Timestamp(first_day, tz="Europe/Amsterdam") + pd.Timedelta(minutes=17 * one)
        steps = ["Search", "Order form"] + (["Order mail"] if one % 12 >= lost_in_twelve else [])
        rows += [(f"c{first_day}-{one}", step, start + pd.Timedelta(minutes=4 * place))
                 for place, step in enumerate(steps)]  # fmt: skip
    return pd.DataFrame(rows, columns=["customer", "activity", "time"])


before = cj.from_frame(month("2026-03-01", 1200, lost_in_twelve=5))
after = cj.from_frame(month("2026-05-01", 1200, lost_in_twelve=3))

# %% The journey as it was designed. What is kept of the first month is counts, no customers.
Path("order.yaml").write_text("""
journey: order
goal: Order mail
deadline: 1d
stages:
  - stage: Order
    steps: [Search, Order form, Order mail]
""")
ideal = cj.Journey.read("order.yaml")
before.check(ideal).save_baseline("before.json")

# %% The second month against the first: a difference with its 95 % interval.
result = after.check(ideal, baseline="before.json")
assert result.baseline is not None and result.baseline.goal_rate is not None
change = result.baseline.goal_rate
print(result.goal_rate)
print(f"{100 * change.value:+.1f} points ({100 * change.low:+.1f} to {100 * change.high:+.1f})")
# > 75.0 % (72.3 to 77.4), 836 of 1,115
# > +16.7 points (+12.8 to +20.5)

# %% The interval lies above zero: more than chance.
print("better" if change.low > 0 else "cannot tell")
# > better
