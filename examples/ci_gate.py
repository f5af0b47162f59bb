"""A CI gate: the build fails when the journey breaks, and says why where people look.

The same as `cjmine check`, for those who want to do more with the result than print it.
"""

# %% Check, and tell the build service.
import sys
from pathlib import Path

import cjmine as cj

SAMPLE = Path(__file__).parents[1] / "sample_logs"
result = cj.load(SAMPLE).check(SAMPLE / "journey.yaml")
result.save("journey.xml")  # JUnit: the build service lists each expectation as a test
result.save("journey.md")  # a summary for the pull request
result.save("journey.json")  # for machines; its keys are never renamed

# %% Only what is broken beyond chance fails the build; warnings do not.
broken = result.expectations[result.expectations["verdict"] == "broken"]
print(broken[["code", "what", "n", "of", "budget"]].to_string(index=False))
# > code                           what   n   of budget
# > D101     drop-off at Meter readings 455 1613 <= 12%
# > D205         Confirmation mail late  86 1071  <= 5%
# > D202 unexpected Submit move (error)  48 2293  <= 1%

# %% The exit code is that of the command line.
print("exit", result.exit_code)
sys.exit(result.exit_code)
# > exit 1
