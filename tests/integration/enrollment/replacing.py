"""What tests of replacements share."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from services.enrollment import contract, store
from services.enrollment.store import NOMINATIONS, PEOPLE, SEATS
from shared.runtime.process import ROWS
from tests.integration.enrollment.conftest import Desk, id_number

PROOF = base64.b64encode(b"%PDF-1.7 proof").decode()
UNIT = "city.donghu"


def person(serial: int, **changes: Any) -> dict[str, Any]:
    """A new person as a unit describes them."""
    return {
        "name": "新人" + chr(0x4E00 + serial),
        "id_number": id_number(serial),
        "phone": f"139{serial:08d}",
        "post": "副科长",
        "rank": "三级主任科员",
        "workplace": "某局",
    } | changes


def ask(desk: Desk, nomination_id: str, serial: int = 500, **changes: Any) -> dict[str, Any]:
    """Ask for a replacement of an admitted trainee."""
    caller = {"caller": changes.pop("caller")} if "caller" in changes else {}
    request = {
        "nomination_id": nomination_id,
        "reason_code": "work",
        "reason": "承担重点任务，不能脱产",
        "proof": PROOF,
        "filename": "说明.pdf",
        "signer": "单位负责人",
        "signer_post": "党组书记",
        **person(serial),
    }
    return desk.call(contract.REQUEST_REPLACEMENT, request | changes, **caller)


def approve(desk: Desk, replacement: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Let the organisation department approve; the carrying out is left to ``steps`` or ``carry_out``."""
    request = {"replacement_id": replacement["replacement_id"], "decision": "approve", **more}
    return desk.call(contract.DECIDE_REPLACEMENT, request)


def steps(desk: Desk) -> Iterator[dict[str, Any]]:
    """Deliver the process's events one by one; yield before each."""
    seen: set[str] = set()
    while True:
        waiting = [each for each in desk.harness.emitted(contract.PROCESS_ADVANCED) if each.id not in seen]
        if not waiting:
            return
        for each in waiting:
            seen.add(each.id)
            yield each.data
            desk.harness.deliver(contract.PROCESS_ADVANCED, each.data, event_id=each.id)


def carry_out(desk: Desk) -> None:
    """Let the process run to its end."""
    for _ in steps(desk):
        pass


def shown(desk: Desk, replacement: dict[str, Any]) -> dict[str, Any]:
    return desk.call(contract.GET_REPLACEMENT, {"replacement_id": replacement["replacement_id"]})


def at(desk: Desk, *moment: int) -> None:
    """Put the service's clock to a moment of the city (UTC+8)."""
    desk.clock.set(datetime(*moment, tzinfo=UTC) - timedelta(hours=8))  # type: ignore[misc, attr-defined]


def process_of(desk: Desk) -> dict[str, Any]:
    view = desk.harness.store.view(desk.harness.kit.own_context())
    [row] = view.rows(ROWS).find({})
    return row


def check_invariants(desk: Desk, term_ids: tuple[str, ...] = ("term_1",)) -> None:
    """Nothing is oversold, every admitted person holds exactly one seat, nobody sits in two overlapping terms."""
    view = desk.harness.store.view(desk.harness.kit.own_context())
    admitted = view.rows(NOMINATIONS).find({"state": "admitted"})
    for term_id in term_ids:
        seats = store.seats_from(view.rows(SEATS).get(term_id))
        here = [row for row in admitted if row["term_id"] == term_id]
        assert seats.admitted == len(here)
        assert seats.occupied <= seats.capacity
        assert all(seats.free_in(item.unit_id) >= 0 for item in seats.allotments)
        assert len({row["person_id"] for row in here}) == len(here)
    for who in view.rows(PEOPLE).find({}):
        kept = {item["nomination_id"] for item in who["engagements"] if item["admitted"]}
        assert kept == {row["_id"] for row in admitted if row["person_id"] == who["_id"]}
