"""One person's way through a whole term, each step as the people of the city take it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from services.compliance.contract.attendance import LIST_ROLLS, RECORD_ATTENDANCE
from services.compliance.contract.briefings import ACKNOWLEDGE_BRIEFING, LIST_BRIEFINGS
from services.compliance.contract.checkin import CHECK_IN_TRAINEES
from services.compliance.contract.completion import CONFIRM_COMPLETION, DECIDE_COMPLETION
from services.compliance.contract.health import DECLARE_MY_HEALTH
from services.compliance.contract.incidents import IMPOSE_SANCTION, OPEN_INCIDENT
from services.compliance.contract.leave import DECIDE_LEAVE, REQUEST_MY_LEAVE
from services.enrollment import contract as enrollment
from services.enrollment.contract.fee_orders import LIST_FEE_ORDERS
from services.enrollment.contract.fee_payments import BOOK_FEE_PAYMENT
from services.notification.contract import GET_LETTER_FILE, LIST_LETTERS
from services.scheduling import contract as scheduling
from shared.clock import CITY_ZONE
from tests.e2e.canary.watched_city import WatchedCity
from tests.e2e.local import teaching_duty as duty
from tests.e2e.local.office import SCHOOL
from tests.fixtures.broker import wait_until
from tests.integration.enrollment.conftest import id_number, line, workbook

UNIT, NEIGHBOUR = "city.donghu", "city.nanshan"
SECONDS = 120.0


@dataclass(frozen=True)
class Canary:
    """Somebody whose name, number and phone occur nowhere else."""

    name: str = "金雀昇翎"
    id_number: str = id_number(8473, "19871019")
    phone: str = "19959083717"

    @property
    def marks(self) -> tuple[str, ...]:
        """What to search for: also the number without its last character, the phone as people write it, escapes."""
        phone = self.phone
        spaced = f"{phone[:3]} {phone[3:7]} {phone[7:]}"
        escaped = self.name.encode("unicode_escape").decode()
        return self.name, self.id_number, self.id_number[:17], phone, spaced, spaced.replace(" ", "-"), escaped


CANARY = Canary()


class Course:
    """A term with the canary and a few others in it."""

    def __init__(self, city: WatchedCity) -> None:
        self.city, self.office = city, city.office
        self.term: dict[str, Any] = {}
        self.nomination_id = ""

    def prepare(self) -> None:
        """Plan one term, engage its lecturers and issue its timetable."""
        office = self.office
        for unit_id in ("city", UNIT, NEIGHBOUR):
            office.call(enrollment.PUT_UNIT, {"unit_id": unit_id, "title": "测试单位"})
        campus = {"campus_id": "main", "title": "主校区", "district": UNIT, "beds": 300}
        office.call(scheduling.PUT_CAMPUS, campus)
        office.call(scheduling.PUT_ROOM, {"room_id": "r1", "campus_id": "main", "title": "一教室", "capacity": 60})
        programme = {
            "ordinal": 1, "title": "加强党的政治建设专题培训班", "kind": "training", "terms": 1, "trainees": 20,
            "starts_on": "2020-06-01", "ends_on": "2020-07-31", "days": 5, "points": ["甲"],
        }  # fmt: skip
        head = {"year": 2020, "title": "2020年公务员培训计划", "replacement_notice_days": 5}
        plan_id = office.call(scheduling.CREATE_PLAN, {**head, "programmes": [programme]})["plan_id"]
        office.call(scheduling.APPROVE_PLAN, {"plan_id": plan_id})
        placing = {"plan_id": plan_id, "scheduler": "greedy", "seconds": 5}
        placement = {"placement_id": office.call(scheduling.PLACE_TERMS, placing)["placement_id"]}
        wait_until(lambda: office.call(scheduling.GET_PLACEMENT, placement)["state"] == "done", SECONDS, "placed")
        (self.term,) = office.rows(scheduling.LIST_TERMS, {"plan_id": plan_id})
        wait_until(lambda: office.call(enrollment.TERM_FILL, {})["items"], SECONDS, "enrollment knows the term")
        duty.register_lecturers(office)
        courses = duty.approve_scheme(office, self.term["programme_id"], duty.THEMES)
        duty.engage(office, self.term_id, courses)
        duty.issue_timetable(office, self.term_id)

    @property
    def term_id(self) -> str:
        return str(self.term["term_id"])

    def nominate(self) -> None:
        """Import a roster with the canary and three others, and take them to a seat."""
        office = self.office
        office.call(enrollment.ALLOT_QUOTAS, {"term_id": self.term_id, "quotas": [{"unit_id": UNIT, "places": 9}]})
        person = {"姓名": CANARY.name, "身份证号": CANARY.id_number, "手机": CANARY.phone}
        # Questions travel as text, with numbers masked: this one has numbers in it, and no name.
        asked = f"来电（{CANARY.phone}）反映的问题如何解决？经办人证件{CANARY.id_number}"
        self.roster = workbook([line(1, **person, 难点问题=asked), *(line(serial) for serial in (2, 3, 4))])
        filed = office.call(enrollment.FILE_ROSTER, {"unit_id": UNIT}, UNIT, file=self.roster)
        wait_until(
            lambda: office.call(enrollment.GET_ROSTER, {"import_id": filed["import_id"]})["state"] == "done",
            SECONDS,
            "the roster is imported",
        )
        rows = office.rows(enrollment.LIST_NOMINATIONS, {"term_id": self.term_id})
        (self.nomination_id,) = [row["nomination_id"] for row in rows if row["name"] == CANARY.name]
        ids = [row["nomination_id"] for row in rows]
        signed = {"nomination_ids": ids, "signer": "王某", "signer_post": "党组书记"}
        assert office.call(enrollment.ATTEST_NOMINATIONS, signed, UNIT)["left"] == 0
        for who in (UNIT, "organisation_department"):  # the district's step, then the city's
            office.call(enrollment.REVIEW_NOMINATIONS, {"nomination_ids": ids, "decision": "accept"}, who)
        assert self.nomination_id in office.call(enrollment.ADMIT_TERM, {"term_id": self.term_id})["admitted"]

    def receive_letters(self) -> str:
        """Wait for the canary's notice, open it, acknowledge the briefing; return the kind of file the letter is."""
        office = self.office

        def issued() -> str | None:
            rows = office.rows(LIST_LETTERS, {"term_id": self.term_id, "kind": "admission"})
            mine = [row for row in rows if row["nomination_id"] == self.nomination_id and row["state"] == "issued"]
            return mine[0]["letter_id"] if mine else None

        wait_until(issued, SECONDS, "the canary's notice is issued")
        letter = office.ask(GET_LETTER_FILE, {"letter_id": issued()}, "organisation_department")
        (briefing,) = wait_for_rows(lambda: office.rows(LIST_BRIEFINGS, {"term_id": self.term_id}))
        office.call(ACKNOWLEDGE_BRIEFING, {"briefing_id": briefing["briefing_id"], "signer": CANARY.name}, UNIT)
        return letter.headers["content-type"]

    def attend(self) -> None:
        """Check in, declare, ask for leave, be marked, get into trouble."""
        office, which = self.office, {"term_id": self.term_id}
        wait_for_rows(lambda: office.call(LIST_ROLLS, which, SCHOOL)["items"])
        self._clock(self.term["reports_on"], time(15))
        people = [row["nomination_id"] for row in office.rows(enrollment.LIST_TRAINEES, which)]
        office.call(CHECK_IN_TRAINEES, {**which, "nomination_ids": people}, SCHOOL)
        me = office.trainee(self.nomination_id)
        well = {"purpose": "entry_check", "consent": True, "fit": True, "symptoms": False, "contact": False}
        office.call(DECLARE_MY_HEALTH, well, me)
        sessions = office.call(LIST_ROLLS, which, SCHOOL)["items"]
        half = {"first_on": sessions[1]["on"], "last_on": sessions[1]["on"]}
        half |= {"first_half": sessions[1]["half"], "last_half": sessions[1]["half"]}
        grounds = {"grounds": "family", "reason": f"家人住院，可拨{CANARY.phone}找{CANARY.name}"}
        leave = office.call(REQUEST_MY_LEAVE, {**half, **grounds}, me)
        word = {"leave_id": leave["leave_id"], "step": leave["steps"][0], "approver": "罗静宜", "title": "班主任"}
        office.ask(DECIDE_LEAVE, {**word, "decision": "grant"}, SCHOOL)  # it may go beyond the limit of so short a term
        office.call(DECIDE_LEAVE, {**word, "decision": "refuse", "note": f"{CANARY.name}可在课后办理"}, SCHOOL)
        for session in sessions:
            self._clock(session["on"], time(18, 10))
            note = [{"nomination_id": self.nomination_id, "status": "late", "note": f"{CANARY.name}迟到"}]
            roll = {**which, "session_id": session["session_id"], "others": "present"}
            office.call(RECORD_ATTENDANCE, {**roll, "marks": note if session is sessions[0] else []}, SCHOOL)
        case = {"nomination_id": self.nomination_id, "kind": "vehicle", "occurred_on": sessions[0]["on"]}
        opened = office.call(OPEN_INCIDENT, {**case, "narrative": f"{CANARY.name}乘公车报到"}, SCHOOL)
        measure = {"step": "admonition", "approver": "邵文远", "reason": f"{CANARY.name}情节轻微"}
        office.call(IMPOSE_SANCTION, {"incident_id": opened["incident_id"], **measure}, SCHOOL)

    def pay_and_complete(self) -> None:
        """Pay the unit’s fees, and decide who completed."""
        office, which = self.office, {"term_id": self.term_id}
        (order, *_) = wait_for_rows(
            lambda: [row for row in office.rows(LIST_FEE_ORDERS, which) if float(row["outstanding"]) > 0]
        )
        payment = {
            "order_id": order["order_id"], "amount": order["outstanding"], "paid_on": order["due_on"],
            "method": "bank_transfer", "account_kind": "institution", "account_title": "专户",
            "reference": f"{CANARY.name}等4人培训费",
        }  # fmt: skip
        office.call(BOOK_FEE_PAYMENT, payment, SCHOOL)
        self._clock(self.term["ends_on"], time(19))
        office.call(DECIDE_COMPLETION, which, SCHOOL)
        office.call(CONFIRM_COMPLETION, {**which, "approver": "周明远"})

    def _clock(self, day: str, hour: time) -> None:
        wanted = datetime.combine(date.fromisoformat(day), hour, CITY_ZONE)
        if self.city.clock.now() < wanted:
            self.city.clock.set(wanted)
            self.city.let_everybody_look()


def wait_for_rows(look: Any) -> list[dict[str, Any]]:
    """Wait until a list has rows and return them."""
    wait_until(look, SECONDS, "the rows are there")
    found: list[dict[str, Any]] = look()
    return found
