"""A seeded generator: who is nominated by which unit to which term, and what becomes of them. Waves differ in people
only, so that what one wave came to can be held against another of the same seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from deploy.local.gateway_client import Attachment
from deploy.local.year.selecting import SLIP
from deploy.sample.people import Person
from tests.faults.target import UNITS
from tests.integration.enrollment.conftest import id_number, line, workbook

TERMS = 3
PLACES = 5
_STRIDE = 200
"""Serial numbers of people: those of one wave, with room for newcomers."""
_NEWCOMERS = 150
_LATER = range(160, 163)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"


@dataclass(frozen=True)
class Script:
    """What happens to whom in one wave, people named by number."""

    wave: int
    lines: dict[str, list[dict[str, Any]]]
    """The rows of each unit's roster, in the order they stand in it."""
    names: dict[str, int]
    """Whom a name means."""
    replaced: dict[int, int] = field(default_factory=dict)
    """By term: who is replaced."""
    late: frozenset[int] = frozenset()
    absent: frozenset[int] = frozenset()

    def newcomer(self, term: int) -> dict[str, Any]:
        """Return the row of who comes instead, in the term of this number."""
        return _person(self.wave, _NEWCOMERS + term, term)

    def newcomers(self, count: int) -> list[Person]:
        """Return so many people who come instead of others in the first term."""
        return [_described(_person(self.wave, number, 1)) for number in _LATER[:count]]

    def strangers(self) -> list[dict[str, Any]]:
        """Return everybody who stands on no roster."""
        return [*map(self.newcomer, range(1, TERMS + 1)), *(_person(self.wave, number, 1) for number in _LATER)]

    def roster(self, unit_id: str) -> Attachment:
        return Attachment("名单.xlsx", workbook(self.lines[unit_id]))


def script(seed: int, wave: int, places: int = PLACES) -> Script:
    """Return the script of a wave (from 1): the same seed tells the same story of other people."""
    dice = random.Random(seed)
    lines: dict[str, list[dict[str, Any]]] = {unit_id: [] for unit_id in UNITS}
    names: dict[str, int] = {}
    number, replaced, late, absent = 0, {}, set(), set()
    for term in range(1, TERMS + 1):
        sure: list[int] = []
        for unit_id in UNITS:
            count = dice.randint(places - 2, places + 1)  # one too many now and then: somebody is left out
            for place in range(count):
                row = _person(wave, number, term, 难点问题=f"第{number}号学员的难点问题如何解决？")
                if dice.random() < 0.06:
                    row["身份证号"] = "42010119800101000X"  # refused by its check digit
                elif place < places - 2:
                    sure.append(number)
                names[row["姓名"]] = number
                lines[unit_id].append(row)
                number += 1
        chosen = dice.sample(sure, 3)
        replaced[term] = chosen[0]
        late.add(chosen[1])
        absent.add(chosen[2])
    made = Script(wave, lines, names, replaced, frozenset(late), frozenset(absent))
    for stranger, who in zip(made.strangers(), (*range(_NEWCOMERS + 1, _NEWCOMERS + TERMS + 1), *_LATER), strict=True):
        names[stranger["姓名"]] = who
    names.update({name[:-1] + SLIP: who for name, who in names.items()})
    for rows in lines.values():
        dice.shuffle(rows)
    return made


def _described(row: dict[str, Any]) -> Person:
    number = row["身份证号"]
    born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return Person(row["姓名"], "男", born, number, row["手机"], row["职务"], row["职级"], "大学", "中共党员")


def _person(wave: int, number: int, term: int, **more: Any) -> dict[str, Any]:
    """Return a row of a roster; people of one wave are so unlike that nobody is asked whether two are one."""
    serial = wave * _STRIDE + number
    name = _SURNAMES[number % 20] + chr(0x5000 + 37 * number) + chr(0x7000 + 13 * number)
    return line(serial, wave, term, 姓名=name, 身份证号=id_number(serial, f"{1961 + serial % 37}0101"), **more)
