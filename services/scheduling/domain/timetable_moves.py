"""What a session would break elsewhere, or mend. Only the days it leaves and enters are looked at: all else stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from services.scheduling.domain.timetable import Session
from services.scheduling.domain.timetable_check import Breach, check
from services.scheduling.domain.timetable_edit import followed, replaced
from services.scheduling.domain.timetable_setting import Held, Setting, Tables

_Key = tuple[str, tuple[str, ...], tuple[str, ...]]


class Moves:
    """Judges one change of a session after the other against the same tables.

    It finds what ``check`` finds beyond what the tables break as they are: rules concern single sessions, the sessions
    of one day, or the parts of one joint lecture, and those move together.
    """

    def __init__(self, setting: Setting, tables: Tables) -> None:
        self._setting, self._tables = setting, tables
        self._others: dict[date, list[Held]] = defaultdict(list)
        for held in setting.others:
            self._others[held.session.on].append(held)
        self._before: dict[frozenset[date], set[_Key]] = {}

    def judge(self, term_id: str, session: Session) -> tuple[list[Breach], int]:
        """Return what is broken once a session is so, and how much of what is broken now is mended.

        A joint lecture is changed in all tables.
        """
        days = frozenset({session.on, *self._days_of(term_id, session)})
        tables = {id: tuple(each for each in table if each.on in days) for id, table in self._tables.items()}
        if days not in self._before:
            self._before[days] = {_key(each) for each in self._check(tables, days)}
        before = self._before[days]
        after = {**tables, term_id: replaced(tables[term_id], session)}
        if session.joint_id:
            after = {id: followed(table, session) for id, table in after.items()}
        found = self._check(after, days)
        broken = [each for each in found if _key(each) not in before]
        return broken, len(before - {_key(each) for each in found})

    def _days_of(self, term_id: str, session: Session) -> Iterable[date]:
        """Yield the days on which a session lies now, or the parts of its joint lecture do."""
        for id, table in self._tables.items():
            for each in table:
                itself = id == term_id and each.session_id == session.session_id
                if itself or (session.joint_id and each.joint_id == session.joint_id):
                    yield each.on

    def _check(self, tables: Tables, days: frozenset[date]) -> list[Breach]:
        others = tuple(held for day in sorted(days) for held in self._others[day])
        return check(replace(self._setting, others=others), tables)


def _key(breach: Breach) -> _Key:
    return breach.code, breach.term_ids, breach.session_ids
