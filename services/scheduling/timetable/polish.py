"""Polishing a timetable with CP-SAT: take a part of it out, put it back as well as can be, again and again."""

from __future__ import annotations

from typing import Any

from ortools.sat.python import cp_model

from services.scheduling.timetable.assess import assess, assess_subjects
from services.scheduling.timetable.exact_model import ExactModel, Places
from services.scheduling.timetable.layout import Layout
from services.scheduling.timetable.neighbourhoods import Neighbourhoods
from services.scheduling.timetable.reading import Book, Reading, Subject

PROPOSALS_A_SECOND = 10_000_000
"""How many of the search's proposals stand for one of CP-SAT's deterministic seconds."""


class Polisher:
    """Solves neighbourhoods of the best timetable; takes what is not worse, so that it can cross plateaus."""

    def __init__(self, layout: Layout, seed: int) -> None:
        self._layout, self._drawn = layout, Neighbourhoods(layout, seed)
        self._book = Book(layout.problem)

    def polish(self, places: Places, cost: int, *, seconds: float | None, work: float | None) -> tuple[Places, int]:
        """Return a timetable that costs no more, after one neighbourhood.

        At most ``seconds``, or ``work`` in the solver's deterministic seconds.
        """
        kind, out = self._drawn.draw(places)
        if not out:
            return places, cost
        kept = {c: [place for place in row if place not in out.get(c, ())] for c, row in places.items()}
        within = {c: {place[0] for place in row} for c, row in out.items()} if kind.in_place else None
        model = ExactModel(self._layout, kept, {c: len(row) for c, row in out.items()}, within=within)
        model.hint(out)
        model.at_most(self._about(places, out))
        solver = self._solver(seconds, work)
        status = solver.solve(model.model)
        finished = status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            kind.note(0, finished)
            return places, cost
        found = model.chosen(solver.boolean_value)
        new = assess(self._layout.problem, self._layout.numbered(found)).cost
        kind.note(max(0, cost - new), finished)
        return (found, new) if new <= cost else (places, cost)

    def _about(self, places: Places, out: Places) -> int:
        """Return what is charged about the courses taken out, their terms and lecturers: the model's cost now."""
        courses = [self._layout.problem.courses[c] for c in out]
        touched: dict[Subject, None] = dict.fromkeys(("course", course.id) for course in courses)
        for course in courses:
            touched.update(dict.fromkeys(("term", each) for each in course.term_ids))
            touched.update(dict.fromkeys(("lecturer", each) for each in course.lecturer_ids))
        return assess_subjects(Reading(self._book, self._layout.numbered(places)), touched).cost

    def _solver(self, seconds: float | None, work: float | None) -> Any:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = self._drawn.number()
        if seconds is not None:
            solver.parameters.max_time_in_seconds = seconds
        if work is not None:
            solver.parameters.max_deterministic_time = work
        return solver
