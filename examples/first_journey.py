"""First journey: from exports to a verdict and a picture, on the sample logs.

Run it with `python examples/first_journey.py`, or cell by cell in an editor that knows `# %%`.
What a cell prints stands below it, and a test compares it.
"""

# %% Exports in, one pseudonymised log out. A folder with a cjmine.toml is read as that says.
from pathlib import Path

import cjmine as cj

SAMPLE = Path(__file__).parents[1] / "sample_logs"
log = cj.load(SAMPLE)
print(log)
# > <cjmine.EventLog 21,684 events, 2,938 customers, 40 activities>

# %% What did customers really do? Every table is a pandas data frame.
found = log.discover(goal="Final bill mail")
print(found.goal_rate)
print(found.activities.head(3)[["activity", "journeys"]].to_string(index=False))
# > 37.3 % (35.5 to 39.2), 997 of 2,672
# >    activity  journeys
# > Moving page      2537
# >      Log in      2200
# > New address      1881

# %% What was promised? The ideal journey is a file that its owner reviews.
ideal = cj.Journey.read(SAMPLE / "journey.yaml")
result = log.check(ideal)
print(result.verdict, result.ok)
# > broken False

# %% Where do they get lost? A figure about too few customers is missing (<NA>), not zero.
lost = result.steps.sort_values("drop_off", ascending=False)
print(lost.head(3)[["step", "abandoned", "drop_off"]].round(3).to_string(index=False))
# >           step  abandoned  drop_off
# > Meter readings        455     0.282
# >         Log in        347     0.169
# >    Moving page        199     0.087

# %% Both journeys in one picture. In a notebook, `result.map()` and `result` show themselves.
result.map().save("map.svg")
print(result.map())
# > <cjmine.Picture the journey map of moving-house>
