"""The service as the people who deal with fees meet it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.enrollment import contract
from services.scheduling.contract import TERM_CANCELLED, TERM_MOVED, TERM_PLACED
from shared.clock import CITY_ZONE
from shared.security.caller import Caller, Role
from tests.fixtures.clock import StillClock
from tests.integration.enrollment.conftest import OPENING, Desk, line

SCHOOL = Caller("test:school", frozenset({Role.PARTY_SCHOOL}), ("",))
AUDITOR = Caller("test:auditor", frozenset({Role.AUDITOR}), ("",))
FULL = 6 * 550
"""Five days of training and the day of arrival, class three of the central standard."""


def with_two_units(desk: Desk) -> Desk:
    """Give two units, each with one below it, twenty places in a term."""
    for unit in ("donghu", "nanshan"):
        desk.unit(f"city.{unit}", f"{unit}区委")
        desk.unit(f"city.{unit}.health")
    desk.place("term_1")
    desk.allot("term_1", donghu=20, nanshan=20)
    return desk


def admit(
    desk: Desk, count: int = 3, term_id: str = "term_1", unit: str = "donghu", first: int = 1, ordinal: int = 1
) -> list[str]:
    """Admit people of a unit and let the service hear of it."""
    desk.file(f"city.{unit}", [line(serial, term=ordinal) for serial in range(first, first + count)])
    desk.accept_all(unit_id=f"city.{unit}", term_id=term_id)
    admitted = desk.call(contract.ADMIT_TERM, {"term_id": term_id})["admitted"]
    hear(desk)
    return list(admitted)


def hear(desk: Desk) -> list[str]:
    """Deliver the service's own news to itself; return the types, in order."""
    taken = desk.harness.take()
    for each in taken:
        event = desk.harness.handles(each.type)
        if event is not None and each.type != contract.ROSTER_RECEIVED.type:
            desk.harness.deliver(event, each.data, event_id=each.id, subject=each.subject)
    return [each.type for each in taken]


def orders(desk: Desk, **filters: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.call(contract.LIST_FEE_ORDERS, filters)["items"]
    return found


def order(desk: Desk, **filters: Any) -> dict[str, Any]:
    [found] = orders(desk, **filters)
    return desk.call(contract.GET_FEE_ORDER, {"order_id": found["order_id"]})


def pay(desk: Desk, order_id: str, amount: str, reference: str = "2020-1", **changes: Any) -> dict[str, Any]:
    request = {
        "order_id": order_id,
        "amount": amount,
        "paid_on": desk.clock.today().isoformat(),
        "method": "bank_transfer",
        "account_kind": "institution",
        "account_title": "市委党校单位账户",
        "reference": reference,
    }
    return desk.call(contract.BOOK_FEE_PAYMENT, request | changes, caller=SCHOOL)


def withdraw(desk: Desk, nomination_id: str, reason_code: str = "work") -> None:
    desk.call(contract.WITHDRAW_NOMINATION, {"nomination_id": nomination_id, "reason_code": reason_code})
    hear(desk)


def go_to(desk: Desk, day: date, hour: int = 9) -> None:
    """Set the clock to an hour of a day in the city."""
    clock = desk.clock
    assert isinstance(clock, StillClock)
    clock.set(datetime(day.year, day.month, day.day, hour, tzinfo=CITY_ZONE).astimezone(UTC))


def move(desk: Desk, term_id: str, starts: date, days: int = 5, version: int = 2, **changes: Any) -> None:
    data = placed(term_id, starts, days, version) | changes
    desk.harness.deliver(TERM_MOVED, data)
    hear(desk)


def cancel(desk: Desk, term_id: str, version: int = 9) -> None:
    news = {"term_id": term_id, "plan_id": "plan_2020", "reason": "疫情", "version": version}
    desk.harness.deliver(TERM_CANCELLED, news)
    hear(desk)


def place_again(desk: Desk, term_id: str, version: int = 10) -> None:
    desk.harness.deliver(TERM_PLACED, placed(term_id, version=version))
    hear(desk)


def placed(term_id: str, starts: date = OPENING, days: int = 5, version: int = 1) -> dict[str, Any]:
    """The news of a term's days; all else as ``Desk.place`` has it."""
    return {
        "term_id": term_id,
        "plan_id": "plan_2020",
        "programme_id": "programme_1",
        "programme_ordinal": 1,
        "programme_title": "加强党的政治建设专题培训班",
        "kind": "training",
        "ordinal": 1,
        "starts_on": starts.isoformat(),
        "ends_on": (starts + timedelta(days=days - 1)).isoformat(),
        "days": days,
        "capacity": 50,
        "reports_on": (starts - timedelta(days=1)).isoformat(),
        "reports_from": "14:00",
        "reports_until": "18:00",
        "opens_at": "09:00",
        "room_id": "room_1",
        "room_title": "一号教室",
        "campus_id": "main",
        "campus_title": "主校区",
        "campus_address": None,
        "replacement_notice_days": 5,
        "replacement_day_kind": "calendar",
        "version": version,
    }
