"""Every operation open to units, tried by a unit on all that its neighbour has: nothing shown, nothing changed."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from html import unescape
from typing import Any

import pytest
from marshmallow import fields

from services.compliance.contract import COMPLETION_DECIDED
from services.enrollment import contract, store
from shared.contracts import Operation
from shared.errors import Fault
from shared.security.caller import Role
from tests.integration.enrollment.conftest import OPENING, Desk, id_number, line, unit_caller
from tests.integration.enrollment.fee_desk import hear, order, pay
from tests.integration.enrollment.replacing import ask

MINE, THEIRS, LENDER = "city.donghu", "city.nanshan", "city.xihu"
SNOOP = unit_caller(MINE)
OPEN = [operation for operation in contract.CONTRACT.operations if Role.UNIT in operation.roles]
# What requests need besides the neighbour's identifiers.
WORDS: dict[str, Any] = {
    "places": 1, "decision": "accept", "reason_code": "work", "cause_code": "work", "signer": "某",
    "signer_post": "书记", "reason": "想了解情况", "post": "处长", "rank": "副处级", "since": OPENING.isoformat(),
    "accept": True, "view": "contact", "standard": "central", "fee_class": "three", "on": OPENING.isoformat(),
    "training_days": 5, "file": "UEs=", "filename": "名单.xlsx", "proof": base64.b64encode(b"%PDF-1.7").decode(),
    "name": "某某", "id_number": id_number(901),
}  # fmt: skip


class City:
    """Two units with the same lives; everything the neighbour has, by the name of the field that asks for it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        for unit in (MINE, THEIRS, LENDER):
            desk.unit(unit)
        for number in (1, 2):
            desk.place(f"term_{number}", number, 1)
            desk.allot(f"term_{number}", donghu=3, nanshan=3, xihu=3)
        for unit, first in ((MINE, 1), (THEIRS, 11)):
            family = "自己" if unit == MINE else "邻家"
            lines = [line(first + each) | {"姓名": family + "甲乙丙丁"[each]} for each in range(4)]
            desk.file(unit, lines)
        desk.accept_all()
        desk.call(contract.ADMIT_TERM, {"term_id": "term_1", "standby_left_out": True})
        while hear(desk):
            pass
        their_order = order(desk, unit_id=THEIRS)
        pay(desk, their_order["order_id"], "100.00", "流水9")
        seated = self.nominations(state="admitted")
        news = {"nomination_id": seated[0], "term_id": "term_1", "unit_id": THEIRS, "completed": True}
        news |= {"hours_attended": 30, "total_hours": 40, "days": 5, "decided_on": "2020-06-30"}
        desk.harness.deliver(COMPLETION_DECIDED, news)
        asked = ask(desk, seated[1], 700, name="邻家新")
        loan = {"term_id": "term_2", "unit_id": THEIRS, "lender_id": LENDER, "places": 1, "cause_code": "key-task"}
        loan = desk.call(contract.BORROW_PLACES, loan, caller=unit_caller(THEIRS))
        rooms = [{"number": f"20{number}", "beds": 2} for number in range(1, 5)]
        desk.call(contract.ARRANGE_TERM, {"term_id": "term_1", "rooms": rooms})
        receipts = desk.call(contract.LIST_FEE_RECEIPTS, {"unit_id": THEIRS})["items"]
        everyone = self.nominations()
        self.ids: dict[str, Any] = {
            "unit_id": THEIRS, "under": THEIRS, "lender_id": LENDER, "term_id": "term_1", "scope_id": "term_1",
            "nomination_id": seated[0], "nomination_ids": everyone, "new_nomination_id": everyone[-1],
            "import_id": desk.call(contract.LIST_ROSTERS, {"unit_id": THEIRS})["items"][0]["import_id"],
            "replacement_id": asked["replacement_id"], "order_id": their_order["order_id"],
            "receipt_id": receipts[0]["receipt_id"], "transfer_id": loan["transfer_id"],
            "person_id": desk.call(contract.GET_HOURS_OF_NOMINATION, {"nomination_id": seated[0]})["person_id"],
            "quotas": [{"unit_id": THEIRS, "places": 1}],
        }  # fmt: skip
        self.secrets = {*everyone, "邻家", *(str(self.ids[key]) for key in ("import_id", "order_id", "person_id"))}

    def nominations(self, **filters: Any) -> list[str]:
        return [row["nomination_id"] for row in self.desk.nominations(unit_id=THEIRS, **filters)]

    def theirs(self) -> str:
        """Everything the store has of the neighbour, as text."""
        view = self.desk.harness.store.view(self.desk.harness.kit.own_context())
        kept = (store.NOMINATIONS, store.FEE_ORDERS, store.REPLACEMENTS, store.ROSTERS, store.STANDBY)
        rows = [row for collection in kept for row in view.rows(collection).find({"unit_id": THEIRS})]
        seats = [store.seats_from(row).allotment(THEIRS) for row in view.rows(store.SEATS).find({})]
        return repr(sorted(rows, key=lambda row: str(row["_id"]))) + repr(seats)


@pytest.fixture
def city(desk: Desk) -> City:
    return City(desk)


def request_of(operation: Operation, ids: dict[str, Any]) -> dict[str, Any]:
    """A request that names whatever of the neighbour's it can name."""
    known = {**WORDS, **ids, **({"decision": "consent"} if operation is contract.DECIDE_PLACES else {})}
    wanted = operation.request_schema.fields
    return {
        name: known[name]
        for name, field in wanted.items()
        if name in known and (field.required or name in ids) and not isinstance(field, fields.Nested)
    }


def reply_to(desk: Desk, operation: Operation, request: dict[str, Any]) -> dict[str, Any] | None:
    """The reply, or nothing where the snoop was refused for who they are; a refusal names nobody."""
    try:
        return desk.call(operation, request, caller=SNOOP)
    except Fault as fault:
        if fault.status not in (403, 404) or "邻家" in f"{fault.message.zh}{fault.details}":
            raise
        return None


def readable(reply: dict[str, Any]) -> str:
    """A reply as text, the cells of a workbook in it as well."""
    text = json.dumps(reply, ensure_ascii=False)
    for name in ("content", "file"):
        if isinstance(reply.get(name), str):
            content = base64.b64decode(reply[name])
            if content[:2] == b"PK":
                with zipfile.ZipFile(io.BytesIO(content)) as book:
                    text += "".join(unescape(book.read(each).decode("utf-8", "replace")) for each in book.namelist())
    return text


def test_nothing_of_a_neighbour_is_shown_or_changed(city: City) -> None:
    before, told, answered = city.theirs(), [], []
    for operation in OPEN:
        whole = request_of(operation, city.ids)
        narrow = {name: value for name, value in whole.items() if operation.request_schema.fields[name].required}
        for request in (whole, narrow):
            reply = reply_to(city.desk, operation, request)
            answered += [operation.name] if reply is not None else []
            told += [(operation.name, each) for each in city.secrets if each in readable(reply or {})]
    assert told == []
    assert city.theirs() == before, "nothing of theirs changed"
    assert {"list_nominations", "list_trainees", "list_fee_orders", "list_hours", "list_rosters"} <= set(answered)


def test_the_same_questions_show_a_unit_its_own(city: City) -> None:
    own = unit_caller(THEIRS)
    for operation, request in (
        (contract.LIST_NOMINATIONS, {}),
        (contract.GET_NOMINATION, {"nomination_id": city.ids["nomination_id"]}),
        (contract.GET_ROSTER, {"import_id": city.ids["import_id"]}),
        (contract.GET_FEE_ORDER, {"order_id": city.ids["order_id"]}),
        (contract.GET_HOURS, {"person_id": city.ids["person_id"]}),
        (contract.GET_REPLACEMENT, {"replacement_id": city.ids["replacement_id"]}),
        (contract.LIST_FEE_RECEIPTS, {}),
        (contract.GET_FEE_LIST, {"term_id": "term_1"}),
    ):
        shown = readable(city.desk.call(operation, request, caller=own))
        assert any(each in shown for each in city.secrets), operation.name
