"""What is done for one term once people were admitted: acknowledged, paid, asked, changed, replaced."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

from deploy.local.gateway_client import Attachment
from deploy.local.year.newcomers import PROOF, SIGNED
from services.enrollment.contract.admission import LIST_TRAINEES
from services.enrollment.contract.fee_orders import LIST_FEE_ORDERS
from services.enrollment.contract.fee_payments import BOOK_FEE_PAYMENT
from services.enrollment.contract.replacements import DECIDE_REPLACEMENT, LIST_REPLACEMENTS, REQUEST_REPLACEMENT
from services.notification.contract import LIST_LETTERS
from services.notification.contract.acknowledgements import ACKNOWLEDGE_ROSTER
from services.notification.contract.sign_off import SIGN_OFF_LETTERS
from services.outcomes.contract.question_sets import FILE_QUESTIONS
from services.scheduling.contract.timetable_drafts import ISSUE_TIMETABLES, OPEN_TIMETABLE_DRAFT, SWAP_SESSIONS
from shared.contracts import Operation
from tests.faults.caller import Caller
from tests.faults.people import Script
from tests.faults.target import UNITS
from tests.fixtures.broker import wait_until

_WAIT = 180.0
_PAID_ON = "2020-01-06"


class Desk:
    """Commands of one part of the load; each has a key made from what it is, so that a repeat is a repeat."""

    def __init__(self, caller: Caller, name: str) -> None:
        self._caller, self._name = caller, name

    def command(
        self, operation: Operation, request: dict[str, Any], step: str, who: str = "department",
        file: Attachment | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        return self._caller.command(operation, request, f"{self._name}/{step}", who, file)

    def acknowledge(self, term: dict[str, Any], round_: str = "first", silent: str = "") -> None:
        """Have each unit but a silent one acknowledge its letters, once all of them are out."""
        which = {"term_id": term["term_id"]}
        wait_until(lambda: self._all_out(which), _WAIT, "everybody's letters are out")
        for unit_id in sorted({*UNITS} - {silent}):
            request = {**which, "unit_id": unit_id}
            self.command(ACKNOWLEDGE_ROSTER, request, f"acknowledge/{round_}/{unit_id}", unit_id)

    def pay(self, term: dict[str, Any]) -> None:
        """Book what each unit owes, once everybody who was admitted is assessed."""
        which = {"term_id": term["term_id"]}
        admitted = len(self._caller.rows(LIST_TRAINEES, which))
        wait_until(lambda: self._assessed(which) == admitted, _WAIT, "everybody is assessed")
        for order in sorted(self._caller.rows(LIST_FEE_ORDERS, which), key=lambda row: str(row["unit_id"])):
            payment = {
                "order_id": order["order_id"], "amount": order["outstanding"], "paid_on": _PAID_ON,
                "method": "bank_transfer", "account_kind": "institution", "account_title": "市委党校培训费专户",
                "reference": f"2020-{order['order_id'][-8:]}",
            }  # fmt: skip
            self.command(BOOK_FEE_PAYMENT, payment, f"pay/{order['order_id']}", "school")

    def ask_questions(self, term: dict[str, Any]) -> None:
        """Have each unit file a question and a case beside its roster."""
        for number, unit_id in enumerate(UNITS):
            texts = [
                {"kind": "question", "text": f"第{number}个单位的基层治理问题如何解决？"},
                {"kind": "case", "text": f"第{number}个单位老旧小区改造的做法"},
            ]
            request = {"term_id": term["term_id"], "unit_id": unit_id, "questions": texts}
            self.command(FILE_QUESTIONS, request, f"questions/{unit_id}", unit_id)

    def change_timetable(self, term: dict[str, Any]) -> None:
        """Issue a second version of the timetable, with two half-days changed about."""
        which = {"term_id": term["term_id"]}
        draft = self.command(OPEN_TIMETABLE_DRAFT, {**which, "source": "issued"}, "second-draft", "school")
        first, second = (draft["sessions"][index]["session_id"] for index in (0, 1))
        self.command(SWAP_SESSIONS, {**which, "session_id": first, "other_id": second}, "swap", "school")
        issued = {"term_ids": [term["term_id"]], "reason": "教师时间调整"}
        self.command(ISSUE_TIMETABLES, issued, "second-version", "school")

    def replace(self, term: dict[str, Any], old: dict[str, Any], script: Script) -> None:
        """Send somebody else instead of one who was admitted."""
        row = script.newcomer(term["ordinal"])
        request = {
            "nomination_id": old["nomination_id"], "reason_code": "work", "reason": "承担防汛任务，不能脱产", **SIGNED,
            "name": row["姓名"], "id_number": row["身份证号"], "phone": row["手机"], "post": row["职务"],
            "rank": row["职级"], "workplace": "测试单位", "political_status": "中共党员", "education": "大学",
        }  # fmt: skip
        asked = self.command(REQUEST_REPLACEMENT, request, "replace", old["unit_id"], PROOF)
        which = {"replacement_id": asked["replacement_id"]}
        self.command(DECIDE_REPLACEMENT, {**which, "decision": "approve"}, "replace/decision")
        of_term = {"term_id": term["term_id"]}
        settled = lambda: {row["state"] for row in self._caller.rows(LIST_REPLACEMENTS, of_term)} == {"approved"}  # noqa: E731
        wait_until(settled, _WAIT, "the replacement is carried out")

    def sign_off(self, which: dict[str, str], units: Collection[str] = UNITS) -> int:
        """Sign off every letter to these units that is printed and waits for it, and return how many there were."""
        rows = self._caller.rows(LIST_LETTERS, {**which, "kind": "transfer", "state": "printed", "current": "true"})
        letters = sorted(row["letter_id"] for row in rows if row["unit_id"] in units)
        if letters:
            mark = hashlib.sha256("/".join(letters).encode()).hexdigest()[:16]
            self.command(SIGN_OFF_LETTERS, {"letter_ids": letters}, f"sign-off/{mark}")
        return len(letters)

    def _all_out(self, which: dict[str, str]) -> bool:
        """Return whether everybody has a notice and every transfer letter names them; those that do are signed off."""
        due, notices = self._letters_due(which), self._notices(which)
        self.sign_off(which, [unit_id for unit_id, ids in due.items() if notices.get(unit_id) == ids])
        return self._letters_out(which) == due

    def _letters_due(self, which: dict[str, str]) -> dict[str, list[str]]:
        """Return who of which unit should have a notice now; a transfer letter names them all."""
        found: dict[str, list[str]] = {}
        for row in self._caller.rows(LIST_TRAINEES, which):
            found.setdefault(row["unit_id"], []).append(row["nomination_id"])
        return {unit_id: sorted(ids) for unit_id, ids in found.items()}

    def _letters_out(self, which: dict[str, str]) -> dict[str, list[str]]:
        """Return who of which unit has a notice, for units whose transfer letter names as many."""
        rows = self._caller.rows(LIST_LETTERS, {**which, "kind": "transfer", "current": "true", "state": "issued"})
        named = {row["unit_id"]: row["trainees"] for row in rows}
        return {unit_id: ids for unit_id, ids in self._notices(which).items() if named.get(unit_id) == len(ids)}

    def _notices(self, which: dict[str, str]) -> dict[str, list[str]]:
        """Return who of which unit has a notice."""
        rows = self._caller.rows(LIST_LETTERS, {**which, "kind": "admission", "current": "true", "state": "issued"})
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row["unit_id"], []).append(row["nomination_id"])
        return {unit_id: sorted(ids) for unit_id, ids in found.items()}

    def _assessed(self, which: dict[str, str]) -> int:
        return sum(row["trainees"] for row in self._caller.rows(LIST_FEE_ORDERS, which))
