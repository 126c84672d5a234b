"""Documents of the store as a placement problem knows them: lecturers with their absences, terms, campuses."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.scheduling.domain.placement import ONLINE, Absence, Dormitory, Need, Share
from services.scheduling.situation import campus_of, fixed_term_of, placed_of, term_of
from services.scheduling.staffing import absences_of, needs_beside, taught
from shared.calendar import WorkingCalendar, days_between

CALENDAR = WorkingCalendar()
MAY = tuple(days_between(date(2020, 5, 1), date(2020, 5, 31)))
FRIDAY_TO_TUESDAY = {"starts_on": "2020-05-15", "ends_on": "2020-05-19"}


def away(*spans: tuple[str, str, str | None], active: bool = True) -> dict[str, Any]:
    unavailable = [{"starts_on": first, "ends_on": last, "half": half} for first, last, half in spans]
    return {"_id": "wen", "active": active, "unavailable": unavailable}


def doc(**changes: Any) -> dict[str, Any]:
    """A placed term as it was written before anything of this was kept."""
    return {
        "_id": "t",
        "state": "placed",
        "programme_id": "p",
        "programme_ordinal": 3,
        "ordinal": 2,
        "programme_title": "专题培训班",
        "days": 3,
        "capacity": 40,
        "window_starts_on": "2020-05-01",
        "window_ends_on": "2020-05-31",
        "districts": [],
        "room_kind": None,
        "wanted_campus_id": None,
        "target": "2020-05-06",
        "min_gap_days": None,
        "room_id": "r1",
        **FRIDAY_TO_TUESDAY,
        **changes,
    }


def test_a_whole_day_is_an_absence_and_half_of_one_is_not() -> None:
    first, second = date(2020, 5, 11), date(2020, 5, 13)
    assert absences_of(away(("2020-05-11", "2020-05-13", None)), MAY) == (Absence(first, second),)
    assert absences_of(away(("2020-05-11", "2020-05-13", "morning")), MAY) == ()
    assert (
        absences_of(away(("2020-05-11", "2020-05-13", "evening"), ("2020-05-11", "2020-05-13", "morning")), MAY) == ()
    )


def test_both_halves_of_a_day_are_a_whole_one() -> None:
    halves = away(("2020-05-11", "2020-05-13", "morning"), ("2020-05-13", "2020-05-20", "afternoon"))
    assert [(each.starts_on, each.ends_on) for each in absences_of(halves, MAY)] == [(date(2020, 5, 13),) * 2]


def test_whoever_is_not_active_is_away_for_good() -> None:
    assert absences_of(away(active=False), MAY) == (Absence(MAY[0], MAY[-1], "已停用"),)
    assert absences_of(away(active=False), ()) == ()


def test_the_days_of_a_need_are_teaching_days() -> None:
    some = doc(lecturers=[{"lecturer_id": "wen", "days": [2, 3, 9]}, {"lecturer_id": "liang", "days": []}])
    assert [(need.lecturer_id, number, day.day) for need, number, day in taught(some, CALENDAR)] == [
        ("wen", 2, 18),
        ("wen", 3, 19),
        ("liang", 1, 15),
        ("liang", 2, 18),
        ("liang", 3, 19),
    ]


def test_a_place_held_for_a_term_needs_its_lecturers_on_the_other_days_only() -> None:
    some = doc(lecturers=[{"lecturer_id": "wen", "days": [1, 3]}, {"lecturer_id": "liang", "days": []}])
    monday_on = {"starts_on": "2020-05-18", "ends_on": "2020-05-20"}
    assert needs_beside(some, monday_on, CALENDAR) == [
        {"lecturer_id": "wen", "days": [1, 3]},
        {"lecturer_id": "liang", "days": [3]},
    ]
    assert needs_beside(some, FRIDAY_TO_TUESDAY, CALENDAR) == []
    gone = {**some, "state": "cancelled"}
    assert needs_beside(gone, FRIDAY_TO_TUESDAY, CALENDAR)[1] == {"lecturer_id": "liang", "days": [1, 2, 3]}


def test_a_document_says_all_of_a_term_and_an_older_one_nothing_of_it() -> None:
    said = doc(
        months=[5, 6],
        bed_kind="single",
        spacing_days=9,
        lecturers=[{"lecturer_id": "wen", "days": [2]}],
        shares=[{"unit_id": "city.donghu", "people": 7}],
    )
    term = term_of(said)
    assert (term.months, term.bed_kind, term.spacing) == ((5, 6), "single", 9)
    assert (term.needs, term.shares) == ((Need("wen", (2,)),), (Share("city.donghu", 7),))
    stays = fixed_term_of(said)
    assert (stays.months, stays.target, stays.needs, stays.shares) == ((), None, term.needs, term.shares)
    older = term_of(doc())
    assert (older.months, older.bed_kind, older.spacing, older.needs, older.shares) == ((), None, None, (), ())


def test_a_campus_document_says_its_dormitories() -> None:
    campus = {"_id": "main", "title": "主校区", "district": "city", "beds": 9}
    assert campus_of(campus).dormitories == ()
    single = {"kind": "single", "title": "一号楼", "beds": 4}
    assert campus_of({**campus, "dormitories": [single]}).dormitories == (Dormitory("single", "一号楼", 4),)


def test_a_term_held_online_has_its_own_place_that_is_nowhere() -> None:
    online = {
        **doc(delivery="online", bed_kind="single", room_kind="hall", districts=["city"]),
        "reports_on": "2020-05-14",
    }
    term = term_of(online)
    assert (term.campus_id, term.room_kind, term.boards, term.bed_kind, term.districts) == (
        ONLINE.id,
        "online.t",
        False,
        None,
        (),
    )
    assert placed_of(online).room_id == "online.t"
    assert placed_of({**online, "delivery": "campus"}).room_id == "r1"
