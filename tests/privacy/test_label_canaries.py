"""Nothing raw leaves with labels: rules that are proposed, and classifiers that are trained.

Small samples in which every rare label, folder and text is a canary, and builds that leak on
purpose, each of which must be caught on them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from privacy.canaries import WORD, Aviary, Scanner
from privacy.test_canaries import Garden, filled, sweep

CUSTOMERS = 40


def word(number: int) -> str:
    """A canary like a word, which folding what looks random cannot hide."""
    return WORD + chr(97 + number // 26) + chr(97 + number % 26)


@pytest.fixture(scope="module")
def labels(tmp_path_factory: pytest.TempPathFactory) -> Garden:
    """A web log, a mailbox and a sample to learn from; nothing configures how they are read."""
    folder = tmp_path_factory.mktemp("labels") / "in"
    folder.mkdir()
    pages, mails, texts = ["klant,datum,pagina"], [], ["text,label"]
    for number in range(CUSTOMERS):
        when = f"2024-05-03 10:{number:02}:00Z"
        # Pages of one customer in a folder of many, and folders of four customers each.
        for page in ("/", f"/blog/{word(number)}", f"/{word(number // 4)}/page-{number}"):
            pages.append(f"K-{number},{when},{page}")
        mails.append(
            f"From a@example.com Fri May  3 10:{number:02}:00 2024\n"
            f"From: c{number}@example.com\nTo: service@example.nl\n"
            f"Date: Fri, 3 May 2024 10:{number:02}:00 +0000\n"
            f"Subject: invoice {word(number)}\n\nbody\n"
        )
        texts += [f"my invoice {word(number)},invoice", f"I am moving {word(number)},moving"]
    (folder / "web.csv").write_text("\n".join(pages) + "\n")
    (folder / "box.mbox").write_text("\n".join(mails))
    (folder / "sample.csv").write_text("\n".join(texts) + "\n")
    (folder / "stages.toml").write_text(
        '[source.web]\nfiles = "web.csv"\ncustomer = { column = "klant" }\n'
        'activity = { column = "pagina" }\ntime = { column = "datum" }\n'
        '[[touchpoint]]\nglob = "/blog/*"\nactivity = "Blog"\nstage = "Read"\n'
        f'[[touchpoint]]\nglob = "/{word(0)}/*"\nactivity = "{word(0)}"\nstage = "{word(1)}"\n'
    )
    return Garden(folder, Scanner(Aviary()), folder.parent)


COMMANDS = {
    "web": "touchpoints {IN}/web.csv --list all -o rules.toml",
    "mail": "touchpoints {IN}/box.mbox --list all -o rules.toml",
    "init": "init --from {IN}/web.csv {IN}/box.mbox --tz UTC --no-input",
    "stages": "touchpoints --config {IN}/stages.toml --list all",
    "draft": "draft --config {IN}/stages.toml --goal Blog -o blog.yaml",
    "train": "classify train {IN}/sample.csv -o x.classifier",
    "apply": "classify apply x.classifier {IN}/sample.csv -o labels.csv",
}


def test_labels_and_texts_of_few_give_nothing_away(labels: Garden, tmp_path: Path) -> None:
    """Each command in turn; the folder of many is proposed, what lies in it is not shown."""
    for command in COMMANDS.values():
        swept = sweep(labels, tmp_path, *filled(labels, command))
        assert swept.status == 0, swept.said
        assert not swept.hits, swept.said
        if "web.csv --list" in command:
            assert 'glob = "/blog/*"' in swept.said


FEW = "from cjmine.touchpoints import find as touchpoints, proposals\n"
LEAKS = {
    "rules are proposed for labels of one customer": (
        FEW + "proposals.ENOUGH, proposals.MOST = 1, 9999\n"
        "touchpoints.propose = lambda found, min_group: proposals.propose(found, 1)",
        ("web", "mail", "init"),
    ),
    "folders of few customers are proposed": (
        FEW + "old = proposals.folders_of\n"
        "proposals.folders_of = lambda left, min_group: old(left, 1)\n"
        "proposals.customers_of = lambda labels: 99",
        ("web", "init"),
    ),
    "stages of few customers are told": (
        "from cjmine.touchpoints import stages\nstages.customers_of = lambda labels: 99",
        ("stages",),
    ),
    "a classifier keeps its texts": (
        "import zipfile\n"
        "from cjmine.classifier import model\n"
        "from cjmine.verbs import classify\n"
        "texts = []\n"
        "old_train, old_write = classify.train, model.write_classifier\n"
        "def train(sample, *more):\n"
        "    texts.extend(sample)\n"
        "    return old_train(sample, *more)\n"
        "def write(found, path):\n"
        "    old_write(found, path)\n"
        "    with zipfile.ZipFile(path, 'a', zipfile.ZIP_DEFLATED) as file:\n"
        "        file.writestr('texts', chr(10).join(texts))\n"
        "classify.train, model.write_classifier = train, write",
        ("train",),
    ),
    "a classifier reports texts that it took for another": (
        "from cjmine.verbs import classify\n"
        "old = classify.evaluate\n"
        "def evaluate(model, texts, labels):\n"
        "    print(texts[:3])\n"
        "    return old(model, texts, labels)\n"
        "classify.evaluate = evaluate",
        ("train",),
    ),
    "labels come with the texts": (
        "from cjmine.verbs import classify\n"
        "classify.apply_to = lambda model, sample, below: chr(10).join(sample.texts)",
        ("apply",),
    ),
}


@pytest.mark.parametrize(
    ("leak", "command"),
    [(leak, command) for leak, (_, where) in LEAKS.items() for command in where],
)
def test_a_build_that_leaks_is_caught(
    labels: Garden, tmp_path: Path, leak: str, command: str
) -> None:
    """The same commands on the same samples, by a build with one fault; it runs, and is found."""
    build = tmp_path / "leaking.py"
    build.write_text(f"{LEAKS[leak][0]}\nfrom cjmine.cli import main\nmain()\n")
    work = tmp_path / "work"
    work.mkdir()
    swept = sweep(labels, work, *filled(labels, COMMANDS[command]), script=build)
    assert swept.status == 0, swept.said
    assert swept.hits, f"not caught: {leak}\n{swept.said}"
