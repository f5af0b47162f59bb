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
# > <cjmine.EventLog 18,506 events, 2,963 customers, 29 activities>

# %% What did customers really do? Every table is a pandas data frame.
found = log.discover(goal="Final bill mail")
print(found.goal_rate)
print(found.activities.head(3)[["activity", "journeys"]].to_string(index=False))
# > 41.2 % (39.4 to 43.1), 1,120 of 2,717
# >    activity  journeys
# > Moving page      2527
# >      Log in      2179
# > New address      1898

# %% What was promised? The ideal journey is a file that its owner reviews.
ideal = cj.Journey.read(SAMPLE / "journey.yaml")
result = log.check(ideal)
print(result.verdict, result.ok)
# > broken False

# %% Where do they get lost? A figure about too few customers is missing (<NA>), not zero.
lost = result.steps.sort_values("drop_off", ascending=False)
print(lost.head(3)[["step", "abandoned", "drop_off"]].round(3).to_string(index=False))
# >           step  abandoned  drop_off
# > Meter readings        333     0.205
# >         Log in        317     0.156
# >    Moving page        211     0.092

# %% Both journeys in one picture. In a notebook, `result.map()` and `result` show themselves.
result.map().save("map.svg")
print(result.map())
# > <cjmine.Picture the journey map of moving-house>
