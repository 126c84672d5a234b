"""An epidemic summer: one command moves terms, everything that hangs on their days follows, and all are told once.

Three times in a row, and each time the whole city is killed while it happens: at once, in the middle, near the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from deploy.local import main_line
from deploy.local.main_line import begin
from deploy.local.stack_child import StackChild
from deploy.local.waiting import wait_until
from deploy.local.year import places, schemes, survey, teaching
from services.compliance.contract.briefings import LIST_BRIEFINGS
from services.enrollment.contract import TERM_FILL
from services.enrollment.contract.fee_orders import LIST_FEE_ORDERS
from services.notification.contract import LIST_LETTERS, LIST_MESSAGES
from services.scheduling.contract import GET_TERM, GET_TIMETABLE, feeds, invitations, retimings
from tests.e2e.local import teaching_duty as duty
from tests.e2e.local.conftest import UNITS
from tests.e2e.local.office import SCHOOL, Office

CLOSED = (
    ("july", "2020-07-10", "2020-08-02"),
    ("august", "2020-08-03", "2020-08-30"),
    ("autumn", "2020-08-31", "2020-10-08"),
)
LEFT_OUT = (
    survey.survey_needs,
    schemes.write_schemes,
    teaching.register_lecturers,
    teaching.invite_lecturers,
    teaching.issue_timetables,
    places.move_places,
)
KILLED_AFTER = (0, 2, 4)
pytestmark = pytest.mark.timeout(900)


class Summer:
    """The sample city with its letters out, and two July terms whose lecturers agreed and whose timetable is issued."""

    def __init__(self, stack: StackChild, sample: Path) -> None:
        self.stack = stack
        running = stack.start()
        self.journey = begin(running, sample)
        for _, step in main_line.STEPS:
            if step not in LEFT_OUT:
                step(self.journey)
        self.office = Office(running, UNITS)
        terms = {(each["programme_ordinal"], each["ordinal"]): each for each in self.journey.terms}
        self.terms = [terms[1, 3], terms[2, 2]]
        self.ids = [each["term_id"] for each in self.terms]

    def teach(self) -> None:
        """Do duty O1 for both terms."""
        themes = duty.survey_needs(self.office, self.journey.plan_id, UNITS, self.journey.clock.today())
        assert themes == duty.THEMES
        duty.register_lecturers(self.office)
        for term, declining in zip(self.terms, ("wen", None), strict=True):
            courses = duty.approve_scheme(self.office, term["programme_id"], themes)
            engaged = duty.engage(self.office, term["term_id"], courses, declining)
            assert engaged == (["liang", "qiu"] if declining else ["wen", "qiu"])
            assert duty.issue_timetable(self.office, term["term_id"])["number"] == 1
        self.journey.settle()

    def restart(self) -> None:
        """End everything as a power cut would, and bring it up again."""
        self.stack.kill()
        running = self.stack.start()
        self.office.moved_to(running)
        self.journey.status = running.status

    def retime(self, name: str, first: str, last: str, killed_after: int) -> dict[str, Any]:
        """Close the city for some weeks, kill it after so many steps, and return the preview when all is done."""
        closed = {"blackout_id": name, "title": "疫情防控", "starts_on": first, "ends_on": last}
        request = {"plan_id": self.journey.plan_id, "blackout": closed, "term_ids": self.ids, "reason_code": "epidemic"}
        request["reason"] = "疫情防控要求"
        shown = self.office.call(retimings.PREVIEW_RETIMING, request)
        assert (shown["can_proceed"], len(shown["terms"])) == (True, 2), shown
        begun = self.office.call(retimings.RETIME_TERMS, {**request, "digest": shown["digest"]})
        asked = {"retiming_id": begun["retiming_id"]}

        def steps() -> list[dict[str, Any]]:
            return list(self.office.call(retimings.GET_RETIMING, asked)["steps"])

        wait_until(lambda: len(steps()) >= killed_after, "调整进行到中途", "the retiming is underway")
        self.restart()
        wait_until(lambda: len(steps()) == 6, "调整完成", "the retiming is done", seconds=120)
        self.journey.settle()
        assert self.office.call(retimings.GET_RETIMING, asked)["state"] == "done"
        assert Counter(each["step"] for each in steps()).most_common(1)[0][1] == 1
        return shown

    def told(self) -> Counter[tuple[str, str]]:
        rows = self.office.rows(LIST_MESSAGES, {})
        return Counter((row["rule"], row["recipient"]) for row in rows)

    def confirm_anew(self, term_id: str) -> None:
        """Let every lecturer who is asked again agree."""
        for each in self.office.rows(invitations.LIST_INVITATIONS, {"term_id": term_id, "state": "invited"}):
            answer = {"invitation_id": each["invitation_id"], "answer": "confirm"}
            self.office.call(invitations.ANSWER_INVITATION, answer, self.office.lecturer(each["lecturer_id"]))


@pytest.fixture
def summer(tmp_path: Path, small_sample: Path) -> Iterator[Summer]:
    stack = StackChild(tmp_path / "var", port=0)
    made = Summer(stack, small_sample)
    yield made
    made.office.close()
    made.journey.gateway.close()
    stack.stop()


def test_one_command_moves_everything_once_though_the_city_dies_on_the_way(summer: Summer) -> None:
    summer.teach()
    office, term_id = summer.office, summer.ids[0]
    compared = duty.amend_timetable(office, term_id)
    assert compared["affected_lecturer_ids"] == ["liang"]
    summer.journey.settle()
    told = summer.told()
    assert told["timetable-lecturers", "lecturer:liang"] == 2
    assert told["timetable-lecturers", "lecturer:qiu"] == 2  # once for each term: the second version was not hers
    feed = office.call(feeds.ISSUE_FEED, {"kind": "term", "target_id": term_id}, SCHOOL)
    people = {id: admitted(summer, id) for id in summer.ids}
    assert min(people.values()) > 5

    for turn, ((name, first, last), killed_after) in enumerate(zip(CLOSED, KILLED_AFTER, strict=True), 1):
        before = summer.told()
        shown = summer.retime(name, first, last, killed_after)
        for row in shown["terms"]:
            follows(summer, row, last)
            assert admitted(summer, row["term_id"]) == people[row["term_id"]] == row["admitted"]
        after = summer.told()
        for unit_id in {unit_id for row in shown["terms"] for unit_id in row["unit_ids"]}:
            assert after["retiming-units", f"unit:{unit_id}"] == turn
        for lecturer_id in ("liang", "wen", "qiu"):
            assert after["retiming-lecturers", f"lecturer:{lecturer_id}"] == turn
        again = {rule for rule, _ in after - before}
        assert again & {"timetable-units", "timetable-lecturers"} == set()
        calendar = Calendar.from_ical(office.page(feed["path"]).content)
        days = {event["DTSTART"].dt.date().isoformat() for event in calendar.walk("VEVENT")}
        assert min(days) > last
        for id in summer.ids:
            summer.confirm_anew(id)
    assert summer.journey.status()["events"]["quarantined"] == 0


def admitted(summer: Summer, term_id: str) -> int:
    items = summer.office.call(TERM_FILL, {"plan_id": summer.journey.plan_id})["items"]
    return int(next(each["admitted"] for each in items if each["term_id"] == term_id))


def follows(summer: Summer, row: dict[str, Any], last: str) -> None:
    """Assert that everything that hangs on a term's days holds the new ones, as the preview showed them."""
    office, term_id, after = summer.office, row["term_id"], row["after"]
    term = office.call(GET_TERM, {"term_id": term_id})
    assert (term["starts_on"], term["room_id"], term["standing"]) == (
        after["starts_on"],
        after["room_id"],
        "rescheduled",
    )
    assert after["starts_on"] > last
    table = office.call(GET_TIMETABLE, {"term_id": term_id})
    assert (table["stale"], {each["on"] for each in table["sessions"]} <= days_of(after)) == (False, True)
    assert {each["room_id"] for each in table["sessions"]} == {after["room_id"]}
    asked = office.rows(invitations.LIST_INVITATIONS, {"term_id": term_id, "state": "invited"})
    assert {each["lecturer_id"] for each in asked} == {each["lecturer_id"] for each in row["lecturers"]}
    fill = office.call(TERM_FILL, {"plan_id": summer.journey.plan_id})["items"]
    assert [each["starts_on"] for each in fill if each["term_id"] == term_id] == [after["starts_on"]]
    orders = office.rows(LIST_FEE_ORDERS, {"term_id": term_id})
    assert {(each["cause"], each["due_on"]) for each in orders} == {("dates", after["reports_on"])}
    current = office.rows(LIST_LETTERS, {"term_id": term_id, "current": True})
    notices = Counter(each["nomination_id"] for each in current if each["kind"] == "admission")
    assert (len(notices), set(notices.values())) == (row["admitted"], {1})
    assert sorted(each["unit_id"] for each in current if each["kind"] == "transfer") == sorted(row["unit_ids"])
    assert all(each["supersedes"] for each in current)
    briefings = office.rows(LIST_BRIEFINGS, {"term_id": term_id})
    assert {each["starts_on"] for each in briefings} == {after["starts_on"]}


def days_of(place: dict[str, Any]) -> set[str]:
    first, last = date.fromisoformat(place["starts_on"]), date.fromisoformat(place["ends_on"])
    return {date.fromordinal(day).isoformat() for day in range(first.toordinal(), last.toordinal() + 1)}
