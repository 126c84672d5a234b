"""Versions of a plan's placed year: what each keeps, and what differs between two."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

from services.scheduling.domain.placement import Lecturer, Share, Unit
from services.scheduling.domain.replan import Affected
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.domain.year_version import Lies, YearTerm, compared
from services.scheduling.store.year_versions import place_of_row, year_rows

JUNE_8, JUNE_15 = date(2020, 6, 8), date(2020, 6, 15)
UNITS = (Unit("city.donghu", "东湖区", 900, False), Unit("city.yunling", "云岭区", 900, False))
SHARES = tuple(Share(unit.id, 20) for unit in UNITS)


def lies(starts_on: date = JUNE_8, room_id: str = "r1", campus_id: str = "main", **changes: object) -> Lies:
    ends_on, reports_on = starts_on + timedelta(days=4), starts_on - timedelta(days=1)
    at = Lies(starts_on, ends_on, reports_on, room_id, f"教室{room_id}", campus_id, "主校区")
    return dataclasses.replace(at, **changes)  # type: ignore[arg-type]


def term(id: str, at: Lies | None, **changes: object) -> YearTerm:
    made = YearTerm(id, "p1", 1, int(id[-1]), "专题班", 5, 40, SHARES, ("wen",), at)
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def year(*terms: YearTerm) -> dict[str, YearTerm]:
    return {each.term_id: each for each in terms}


def difference(before: YearTerm, after: YearTerm, **more: object) -> list[Affected]:
    first, second = year(before), year(after)
    return list(compared(first, second, second, UNITS, [Lecturer("wen", "文老师")], **more))  # type: ignore[arg-type]


def row(id: str, at: Lies | None, **changes: object) -> dict[str, Any]:
    wire: dict[str, Any] = to_wire(term(id, at, **changes))
    return wire


def test_a_year_is_what_its_versions_leave_of_each_term() -> None:
    versions = [[row("t1", lies()), row("t2", lies())], [row("t1", lies(JUNE_15))], [row("t2", None)]]
    assert year_rows({"terms": each} for each in versions) == {"t1": row("t1", lies(JUNE_15)), "t2": row("t2", None)}
    assert year_rows([]) == {}


def test_a_year_says_whom_its_terms_concern_as_its_last_version_does() -> None:
    first, amended = {"terms": [row("t1", lies())]}, row("t1", lies(), trainees=60)
    assert year_rows([first, {"terms": [row("t2", lies())], "amended": [amended]}])["t1"] == amended


def test_another_name_of_a_place_is_no_other_place() -> None:
    here = place_of_row(row("t1", lies()))
    assert place_of_row(row("t1", lies(room_title="改了名", campus_title="改了名"), trainees=60, title="改名")) == here
    others = (lies(JUNE_15), lies(room_id="r2"), lies(campus_id="east"), lies(delivery="online"))
    assert len({here, *(place_of_row(row("t1", at)) for at in others)}) == 5
    assert place_of_row(row("t1", None)) is place_of_row(None) is None


def test_a_difference_names_whom_it_concerned_when_the_term_went_elsewhere() -> None:
    (moved,) = difference(term("t1", lies()), term("t1", lies(JUNE_15, "r2"), trainees=55))
    assert (moved.told, moved.units, moved.lecturers) == (56, ("city.donghu", "city.yunling"), ("wen",))
    assert moved.zh == (
        "第1班第1期“专题班”：6月8日至12日教室r1→6月15日至19日教室r2，通知学员55人、教师文老师，涉及东湖区、云岭区"
    )
    assert moved.en.startswith(
        "programme 1, term 1: 2020-06-08 to 2020-06-12 in '教室r1' -> 2020-06-15 to 2020-06-19 in '教室r2'; tell 55"
    )
    (gone,) = difference(term("t1", lies()), term("t1", None))
    assert ("→取消，通知学员40人" in gone.zh, gone.after) == (True, None)


def test_another_room_of_the_campus_tells_nobody_and_one_elsewhere_or_online_everybody() -> None:
    told = {
        name: difference(term("t1", lies()), term("t1", at))[0].told
        for name, at in {
            "room": lies(room_id="r2"),
            "campus": lies(campus_id="east"),
            "online": lies(delivery="online"),
            "day": lies(JUNE_15),
        }.items()
    }
    assert told == {"room": 0, "campus": 41, "online": 41, "day": 41}
    assert difference(term("t1", lies()), term("t1", lies())) == []


def test_a_new_place_tells_nobody_and_going_back_shows_the_same_places_the_other_way_round() -> None:
    first, second = year(term("t1", lies())), year(term("t1", lies(JUNE_15)), term("t2", lies()))
    there, back = compared(first, second, second), compared(second, first, second)
    assert {each.term_id: (each.before, each.after) for each in there} == {
        each.term_id: (each.after, each.before) for each in back
    }
    assert [(each.term_id, each.told) for each in there] == [("t1", 41), ("t2", 0)]


def test_a_reader_sees_neither_units_out_of_reach_nor_terms_of_such_units_alone() -> None:
    def own(unit_id: str) -> bool:
        return unit_id == "city.donghu"

    (shared,) = difference(term("t1", lies()), term("t1", lies(JUNE_15)), sees=own)
    assert (shared.units, "云岭区" in shared.zh) == (("city.donghu",), False)
    theirs = {"shares": SHARES[1:]}
    assert difference(term("t1", lies(), **theirs), term("t1", lies(JUNE_15), **theirs), sees=own) == []
    anybodys = difference(term("t1", lies(), shares=()), term("t1", lies(JUNE_15), shares=()), sees=own)
    assert [each.units for each in anybodys] == [()]
    # What only others sent people to before and the unit does now, has been moved for it, not begun.
    (joined,) = difference(term("t1", lies(), **theirs), term("t1", lies(JUNE_15)), sees=own)
    assert joined.before is not None


def test_a_term_comes_back_from_plain_data_as_it_was() -> None:
    for each in (term("t1", lies(delivery="online")), term("t1", None)):
        assert from_wire(YearTerm, to_wire(each)) == each
