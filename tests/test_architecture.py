"""How the code is cut: small files that say one thing, one family of errors, no drawer for all."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path

import cjmine
from cjmine.errors import CjmineError, ExitStatus

PACKAGE = Path(cjmine.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 300
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "shared"}


def test_no_file_is_too_long_to_read_at_once() -> None:
    """A file that says one thing needs no more lines than these; the failure lists the others."""
    lengths = {
        file.relative_to(PACKAGE).as_posix(): len(file.read_text("utf-8").splitlines())
        for file in FILES
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_no_module_is_a_drawer_for_everything() -> None:
    """A name that says nothing invites everything."""
    parts = {part for file in FILES for part in file.relative_to(PACKAGE).with_suffix("").parts}
    assert parts & DRAWERS == set()


def test_every_error_of_ours_has_an_exit_status() -> None:
    """All exceptions derive from CjmineError, and each has its own status other than 70."""
    ours = [
        thing
        for module in modules()
        for _, thing in inspect.getmembers(module, inspect.isclass)
        if issubclass(thing, BaseException) and thing.__module__.startswith("cjmine")
    ]
    assert len(set(ours)) >= 5
    for thing in ours:
        assert issubclass(thing, CjmineError), thing
        assert isinstance(thing.exit_status, ExitStatus)
        assert thing is CjmineError or thing.exit_status is not ExitStatus.INTERNAL


def modules() -> list[object]:
    names = [found.name for found in pkgutil.walk_packages(cjmine.__path__, "cjmine.")]
    return [importlib.import_module(name) for name in names if name != "cjmine.__main__"]


def test_nothing_can_run_data() -> None:
    """No eval, exec, pickle, shell or network anywhere; two modules run a program: dot and git."""
    doors = {"pickle", "shelve", "marshal", "socket", "http", "ssl", "subprocess", "urllib.request"}
    calls = {"eval", "exec", "compile", "__import__", "os.system", "os.popen"}
    found = []
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(f"{node.module}.{one.name}" for one in node.names)]
            elif isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                found += [f"{file.name}:{node.lineno} {called}"] if called in calls else []
            opened = [name for name in names if name in doors or name.partition(".")[0] in doors]
            found += [f"{file.name}:{node.lineno} {name}" for name in opened]
    running = ["diagrams/graphviz_layout.py", "verbs/git_days.py"]
    assert [one.partition(":")[0] for one in found] == [Path(one).name for one in running]
    assert not [one for one in running if "shell=" in (PACKAGE / one).read_text("utf-8")]
    assert "protocol.allow=never" in (PACKAGE / running[1]).read_text("utf-8")


def test_every_module_and_public_function_says_what_it_is_for() -> None:
    """A docstring each: the first thing that a newcomer reads."""
    silent = []
    for file in FILES:
        tree = ast.parse(file.read_text("utf-8"))
        if tree.body and not ast.get_docstring(tree):
            silent.append(file.name)
        for node in tree.body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_"
            if public and not ast.get_docstring(node):
                silent.append(f"{file.name}: {node.name}")
    assert silent == []
