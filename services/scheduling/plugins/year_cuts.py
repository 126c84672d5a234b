"""Rows that every table keeps but the linear relaxation may not: terms come whole, so no week is filled exactly.

A row counts people against a limit, and the relaxation meets the limit with parts of terms. Mixed-integer rounding
(Nemhauser and Wolsey 1990) of such a row by one of its amounts gives a row that holds for whole terms. Everything
stays in whole numbers, so a cut is as exact as the row it comes from.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.scheduling.plugins.year_program import Program, Row

Figures = NDArray[np.float64]
Whole = NDArray[np.int64]
_WORTH = 1e-3
_SURE = 1e-6
_TURNED = (0.5, 0.999, 2.0)
"""From which share on a term is counted by what is missing of it."""


@dataclass(frozen=True, slots=True)
class _Use:
    """The columns of one term with one amount in a row: together they are chosen once or not at all."""

    amounts: Whole
    shares: Figures
    columns: list[Whole]


class Cuts:
    """The cuts of a programme's rows; what stays the same from one solution to the next is worked out once."""

    def __init__(self, program: Program, rows: Iterable[Row]) -> None:
        self._rows = [row for row in rows if max(row.coefficients) > 1]
        columns, amounts = list[list[int]](), list[int]()
        self._first = [0]
        for row in self._rows:
            groups: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
            for column, amount in zip(row.columns, row.coefficients, strict=True):
                groups[program.choices[column].term.id, amount].append(column)
            columns += groups.values()
            amounts += [amount for _, amount in groups]
            self._first.append(len(amounts))
        self._amounts = np.array(amounts, np.int64)
        self._columns = np.array([column for each in columns for column in each], np.int64)
        self._starts = np.cumsum([0, *(len(each) for each in columns)], dtype=np.int64)

    def broken(self, shares: Figures, extras: Figures) -> Iterator[Row]:
        """Yield, for each row, the cut that lies furthest from a solution of the relaxation, if there is any.

        ``shares`` and ``extras`` are the values of the choices and of the extra columns there.
        """
        if not self._rows:
            return
        sums = np.add.reduceat(shares[self._columns], self._starts[:-1])
        parted = np.concatenate(([0], np.cumsum((sums > _SURE) & (sums < 1 - _SURE))))
        for number, row in enumerate(self._rows):
            first, end = self._first[number], self._first[number + 1]
            if parted[first] == parted[end]:
                continue
            columns = [self._columns[self._starts[each] : self._starts[each + 1]] for each in range(first, end)]
            use = _Use(self._amounts[first:end], sums[first:end], columns)
            found = _deepest(use, row.limit, float(extras[row.extra]) if row.extra >= 0 else 0.0)
            if found is not None:
                yield _row(use, *found, row.extra)


def _deepest(use: _Use, limit: int, extra: float) -> tuple[Whole, int] | None:
    """Return the coefficients and the limit of the cut that is broken most, measured by its length."""
    best: tuple[float, Whole, int] | None = None
    parts = use.amounts[(use.shares > _SURE) & (use.shares < 1 - _SURE)]
    for turned in (use.shares > share for share in _TURNED):
        amounts = np.where(turned, -use.amounts, use.amounts)
        values = np.where(turned, 1.0 - use.shares, use.shares)
        left = limit - int(use.amounts[turned].sum())
        for step in np.unique(parts).tolist():
            over = left % step
            if not over:
                continue
            rounded = (step - over) * (amounts // step) + np.maximum(0, amounts % step - over)
            broken = float(rounded @ values) - extra - (step - over) * (left // step)
            depth = broken / math.sqrt(float(rounded @ rounded) + 1.0)
            if broken > _WORTH and (best is None or depth > best[0]):
                straight = np.where(turned, -rounded, rounded)
                best = depth, straight, (step - over) * (left // step) - int(rounded[turned].sum())
    return None if best is None else best[1:]


def _row(use: _Use, coefficients: Whole, limit: int, extra: int) -> Row:
    columns, amounts = list[int](), list[int]()
    for each, amount in zip(use.columns, coefficients.tolist(), strict=True):
        if amount:
            columns += each.tolist()
            amounts += [amount] * len(each)
    return Row(columns, amounts, limit, extra)
