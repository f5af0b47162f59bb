"""Which cells of tables with sums may be shown: the steps of a check, and its states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np

from cjmine.counting.groups import Flags, Ints
from cjmine.disclosure.policy import Policy
from cjmine.disclosure.possible import gives_a_cell_away
from cjmine.results.check import NeverRow, StateCounts, StepRow
from cjmine.results.figures import Counted
from cjmine.results.share import WITHHELD

_CELLS = ("went_on", "abandoned", "exited", "finished")


def shown_steps(
    rows: Sequence[StepRow], never: NeverRow, policy: Policy
) -> tuple[tuple[StepRow, ...], NeverRow]:
    """The steps with the cells withheld that are too small, or would give such a cell away.

    The sums of rows and columns are shown beside the cells (reached, states). Open journeys are a
    table of one column: they are in the sum of no row. A drop-off is shown where its count is.
    """
    table = [[getattr(row, name) for name in _CELLS] for row in rows]
    table.append([Counted(0, 0), *(getattr(never, name) for name in _CELLS[1:])])
    hidden = _hidden(table, policy, _CELLS.index("abandoned"))
    if policy.release:
        for row, flags in zip(rows, hidden[:-1], strict=True):
            _hide_another(row, flags, policy)
    ends: tuple[StepRow | NeverRow, ...] = (*rows, never)
    still = [[row.open] for row in ends if isinstance(row.open, Counted)]
    open_hidden = _hidden(still, policy)
    opens = [_left(cells, flags)[0] for cells, flags in zip(still, open_hidden, strict=True)]
    found = []
    for row, flags, still_open in zip(rows, hidden[:-1], opens[:-1], strict=True):
        cells = [getattr(row, name) for name in _CELLS]
        went_on, abandoned, exited, finished = _left(cells, flags)
        found.append(
            replace(
                row,
                went_on=went_on,
                abandoned=abandoned,
                exited=exited,
                open=still_open,
                finished=finished,
                drop_off=WITHHELD if flags[1] else row.drop_off,
            )
        )
    _, abandoned, exited, finished = _left(table[-1], hidden[-1])
    return tuple(found), NeverRow(abandoned, exited, opens[-1], finished)


def _hide_another(row: StepRow, flags: Flags, policy: Policy) -> None:
    """Hide the smallest ends too, while rounded counts leave a hidden one hardly any value.

    Not those that go on: they are the ones that reach the next step.
    """
    reached, cells = row.reached, [int(getattr(row, name)) for name in _CELLS]
    assert isinstance(reached, Counted)
    while flags.any() and not policy.is_small(reached.customers):
        known = [policy.rounded(cell) for cell, flag in zip(cells, flags, strict=True) if not flag]
        if not gives_a_cell_away(policy.rounded(reached), known, int(flags.sum()), policy):
            return
        ends = [at for at, cell in enumerate(cells) if at and cell and not flags[at]]
        if not ends:
            return
        flags[min(ends, key=cells.__getitem__)] = True


def shown_states(states: StateCounts, policy: Policy) -> StateCounts:
    """The states, with small ones withheld, and another so that none follows from the sum."""
    cells = cells_of(states)
    hidden = _hidden([cells], policy)[0]
    return StateCounts(*_left(cells, hidden))


def _left(cells: list[Counted], flags: Flags) -> list[Counted | None]:
    return [None if flag else cell for cell, flag in zip(cells, flags, strict=True)]


def cells_of(row: NeverRow | StateCounts) -> list[Counted]:
    """The counts of a row with their customers; in the order of its fields."""
    return [getattr(row, name) for name in (one.name for one in fields(row))]


def _hidden(table: list[list[Counted]], policy: Policy, kept: int | None = None) -> Flags:
    """The cells to hide; for the sake of others those of column `kept` are hidden last."""
    sizes = np.array([[int(cell) for cell in row] for row in table], np.int64)
    if kept is not None:
        sizes[:, kept] += sizes.sum()
    people = np.array([[cell.customers for cell in row] for row in table], np.int64)
    if policy.release:  # rounded sums give no cell away
        return (people > 0) & (people < policy.min_group)
    return hidden_cells(sizes, people, policy.min_group)


def hidden_cells(sizes: Ints, people: Ints, min_group: int) -> Flags:
    """Which cells of a table must not be shown, when the sums of its rows and columns are.

    `sizes` are the counts of the cells, `people` their distinct customers. Hidden are cells of
    fewer than `min_group` customers and, so that none of them can be computed from a sum, others
    of the same row and column: no row or column has a single hidden cell, or hidden ones of too
    few together.

    >>> people = np.array([[40, 3, 25]])
    >>> hidden_cells(people, people, 10).tolist()
    [[False, True, True]]
    """
    rows, columns = sizes.shape
    hidden = (people > 0) & (people < min_group)
    lines = [(row, slice(None)) for row in range(rows)]
    lines += [(slice(None), column) for column in range(columns)]  # type: ignore[misc]
    changed = True
    while changed and hidden.any():
        changed = False
        for line in lines:
            inside = hidden[line]
            if not inside.any():
                continue
            # Distinct customers of cells together are at least those of the largest.
            enough = int(people[line][inside].sum()) >= min_group and int(inside.sum()) > 1
            if enough:
                continue
            open_to = np.flatnonzero(~inside & (people[line] > 0))
            if len(open_to):
                smallest = open_to[np.argmin(sizes[line][open_to])]
                inside[smallest] = True  # a view: hides the cell itself
                changed = True
    return hidden
