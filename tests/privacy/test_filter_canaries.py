"""Filters give nothing away: not whom they choose or set aside, and not what few customers have.

Each customer has an identifier that is a canary; labels, values and journeys of few customers are
canaries too. Each command is run as it is, which must show none, and again with `--min-group 1` or
by a build that leaks on purpose, which must be caught in each place where it shows something.
"""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from privacy.canaries import MARK, WORD, Aviary, Scanner
from privacy.test_canaries import Garden, Swept, sweep

RARE = (f"{WORD}aa", f"{WORD}bb", f"{WORD}cc")  # of three customers each
NEAR = WORD[:-1]  # what they are the nearest names to
IDEAL = """\
journey: order
goal: Buy
deadline: 2d
stages:
  - stage: One
    steps: [Search, Buy]
"""


def rows(aviary: Aviary) -> list[str]:
    """Ninety customers: Search, for some Help or a rare label, and Buy, at once or days later."""
    made = ["customer,activity,time,fund,note"]
    for number in range(90):
        who = f"L{aviary.new()}"
        rare = RARE[number // 3 % 3] if number % 30 < 3 else None
        fund = rare or ("A" if number % 2 else "B")
        last = 3 + number % 6 if number % 5 == 0 else 2
        steps = [("Search", 2, 9), ("Buy", last, 12)]
        if number % 4 == 0 or rare:
            steps.insert(1, (rare or "Help", 2, 10))
        made += [
            f"{who},{name},2024-05-{day:02}T{hour:02}:{number % 60:02}:00Z,{fund},{aviary.new()}"
            for name, day, hour in steps
        ]
    return made


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    folder, aviary = tmp_path_factory.mktemp("filters") / "in", Aviary()
    folder.mkdir()
    (folder / "shop.csv").write_text("\n".join(rows(aviary)) + "\n")
    (folder / "shop.yaml").write_text(IDEAL)
    return Garden(folder, Scanner(aviary), folder.parent)


VERBS = {
    "discover": "discover {IN}/shop.csv --goal Buy --top all -o a.json -o a.html -o a.md",
    "check": "check {IN}/shop.csv -i {IN}/shop.yaml --exit-zero --examples 9 -o a.json -o a.html"
    " -o a.md -o a.xml -o a.csv",
    "map": "map {IN}/shop.csv --as flow --paths 100% -o a.svg",
    "report": "report {IN}/shop.csv -i {IN}/shop.yaml --title Shop -o a.html",
}
FILTERS = {
    "by begin, value and duration": "--since 2024-05-01 --until 2024-05-09 --shorter 9d"
    " --where 'fund != \"A\"'",
    "by activity and duration": "--having Search --longer 2h",
    "by value, and then compared": '--where \'fund not in ("A", "C")\' --by fund',
}
ASKED = [
    (verb, filters)
    for verb in VERBS
    for filters in FILTERS
    if not (verb == "map" and "compared" in filters)
]


def swept_of(shop: Garden, work: Path, typed: str, script: Path | None = None) -> Swept:
    work.mkdir(exist_ok=True)
    arguments = [part.replace("{IN}", str(shop.inputs)) for part in shlex.split(typed)]
    return sweep(shop, work, *arguments, script=script)


def written(work: Path) -> set[str]:
    """The files that a command wrote, its stdout apart."""
    return {one.name for one in work.rglob("a.*")}


@pytest.mark.parametrize(("verb", "filters"), ASKED)
def test_a_filtered_result_gives_nothing_away(
    shop: Garden, tmp_path: Path, verb: str, filters: str
) -> None:
    """No output has a canary; with every group shown each has one, and still no identifier."""
    typed = f"{VERBS[verb]} {FILTERS[filters]}"
    swept = swept_of(shop, tmp_path / "usual", typed)
    assert swept.status == 0, swept.said
    assert not swept.hits, swept.hits
    control = swept_of(shop, tmp_path / "control", f"{typed} --min-group 1")
    assert control.status == 0, control.said
    caught = {Path(where).name for where in control.hits}
    assert caught >= written(tmp_path / "control") - {"a.csv", "a.xml"}
    texts = [one.read_bytes() for one in (tmp_path / "control").rglob("a.*")]
    assert not any(MARK.encode() in text for text in texts) and MARK not in control.said


@pytest.mark.parametrize("verb", VERBS)
def test_a_rare_variant_gives_nothing_away(shop: Garden, tmp_path: Path, verb: str) -> None:
    """The first is many customers'; those after it are rare: refused without a word of them."""
    usual = f"{VERBS[verb]} --variant"
    swept = swept_of(shop, tmp_path / "usual", f"{usual} 1")
    assert (swept.status, swept.hits) == (0, {}), swept.said
    refused = swept_of(shop, tmp_path / "refused", f"{usual} 4")
    assert (refused.status, refused.hits) == (2, {}), refused.said
    control = swept_of(shop, tmp_path / "control", f"{usual} 4 --min-group 1")
    assert control.status == 0 and control.hits, control.said


REFUSED = {
    "few have the values": ("--where 'fund not in (A, B)'", 4),
    "few have another value": ("--where 'fund != A' --where 'fund != B'", 4),
}
ANSWERED = {
    "no value is near": (f"--where 'fund = {NEAR}'", 4),
    "no activity is near": (f"--having {NEAR}", 2),
    "nobody has the identifier": ("--where 'customer = x'", 4),
    "a column of notes is none": ("--where 'notes = x'", 2),
    "it is no condition": (f"--where 'fund ~ {NEAR}'", 2),
    "there is no such variant": ("--variant 99", 2),
    "nobody began then": ("--since 2030-01-01", 4),
    "nobody took so long": ("--longer 300d", 4),
}


@pytest.mark.parametrize("verb", ["discover", "check"])
@pytest.mark.parametrize("case", REFUSED)
def test_a_choice_of_few_is_refused(shop: Garden, tmp_path: Path, case: str, verb: str) -> None:
    """And says nothing about them; without the gate it would be found."""
    filters, status = REFUSED[case]
    swept = swept_of(shop, tmp_path / "usual", f"{VERBS[verb]} {filters}")
    assert (swept.status, swept.hits) == (status, {}), swept.said
    control = swept_of(shop, tmp_path / "control", f"{VERBS[verb]} {filters} --min-group 1")
    assert control.status == 0 and control.hits, control.said


@pytest.mark.parametrize("case", ANSWERED)
def test_an_error_about_a_filter_gives_nothing_away(
    shop: Garden, tmp_path: Path, case: str
) -> None:
    """Near misses are names that may be shown."""
    filters, status = ANSWERED[case]
    for verb in ("discover", "report"):
        swept = swept_of(shop, tmp_path / verb, f"{VERBS[verb]} {filters}")
        assert swept.status == status, swept.said
        assert not swept.hits, swept.said


@pytest.mark.parametrize(
    ("option", "rare"),
    [("--where 'fund = {}'", RARE[0]), ("--having {}", RARE[0]), ("--where 'fund != {}'", RARE[1])],
)
def test_what_few_have_is_answered_as_what_nobody_has(
    shop: Garden, tmp_path: Path, option: str, rare: str
) -> None:
    """Typing the name of few tells nobody that it is in the log."""
    absent = f"{WORD}zz"
    answers = []
    for name in (rare, absent):
        swept = swept_of(shop, tmp_path / name, f"{VERBS['discover']} {option.format(name)}")
        answers.append((swept.status, swept.said.replace(name, "…")))
    if "!=" not in option:
        assert answers[0] == answers[1]
    assert answers[0][0] == answers[1][0]


# The control of errors and notes: builds that leak on purpose.
OPEN = "from cjmine.verbs import filters\nfrom dataclasses import replace\n"
LEAKS = {
    "near misses are names of few": (
        f"{OPEN}old = filters.shown_labels\n"
        "filters.shown_labels = lambda log, least, *more: old(log, 1, *more)",
        f"--having {NEAR}",
    ),
    "an absent column is answered with values": (
        "from cjmine.ingest import kept_columns\n"
        f"kept_columns.did_you_mean = lambda column, known: '{RARE[0]}'",
        "--where 'notes = x'",
    ),
    "conditions say what the chosen have": (
        f"{OPEN}old = filters.said_of\n"
        f"filters.said_of = lambda asked: tuple(one + ' {RARE[1]}' for one in old(asked))",
        "--where 'fund != A'",
    ),
    "an identifier is in a note": (
        "from cjmine.privacy.pseudonymise import TokenTable\n"
        "from cjmine.verbs import filters\n"
        "from dataclasses import replace\n"
        "old, made, seen = TokenTable.pseudonymise, filters.said_of, []\n"
        "def pseudonymise(self, values, identifier):\n"
        "    seen.extend(values.to_pylist())\n"
        "    return old(self, values, identifier)\n"
        "TokenTable.pseudonymise = pseudonymise\n"
        "filters.said_of = lambda asked: tuple(one + ' ' + str(seen[0]) for one in made(asked))",
        "--since 2024-05-01",
    ),
    "variants of few are chosen": (
        "from cjmine.verbs import filters\n"
        "from dataclasses import replace\n"
        "old = filters.trace_of\n"
        "def trace_of(log, number, asked, policy, split):\n"
        "    found = old(log, number, asked, replace(policy, min_group=1), split)\n"
        "    raise filters.UsageError(filters.Problem(filters.Code.USAGE, ' '.join(found)))\n"
        "filters.trace_of = trace_of",
        "--variant 4",
    ),
}


@pytest.mark.parametrize("verb", ["discover", "report"])
@pytest.mark.parametrize("leak", LEAKS)
def test_a_build_whose_filters_leak_is_caught(
    shop: Garden, tmp_path: Path, leak: str, verb: str
) -> None:
    """The same commands by a build with one fault."""
    patch, filters = LEAKS[leak]
    build = tmp_path / "leaking.py"
    build.write_text(f"{patch}\nfrom cjmine.cli import main\nmain()\n")
    swept = swept_of(shop, tmp_path / "work", f"{VERBS[verb]} {filters}", script=build)
    assert swept.hits, f"not caught: {leak}\n{swept.said}"
    if swept.status == 0:
        caught = {Path(where).name for where in swept.hits}
        assert caught >= written(tmp_path / "work")
