"""A city that is told things: its contacts, the events that reach it, and what became of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from services.compliance import contract as compliance
from services.enrollment import contract as enrollment
from services.notification import contract
from shared.contracts import Event
from shared.security.caller import Caller, Role
from tests.fixtures.store import MakeStore
from tests.integration.notification.notification_city import TERM, UNIT, City

OTHER = "jiangcheng.nanshan"
CLERK = Caller("acct_clerk", frozenset({Role.UNIT}), (UNIT,))
ORGANISERS_OF_UNIT = Caller("key_donghu", frozenset({Role.ORGANISATION_DEPARTMENT}), (UNIT,))
SCHOOL = Caller("acct_school", frozenset({Role.PARTY_SCHOOL}), ("",))
SIMULATED = ["simulated_email", "simulated_sms", "simulated_fax"]


def messaging_city(make_store: MakeStore, tmp_path: Path) -> City:
    """Return a city whose term is placed, with a ladder for everybody and two units that left their contact."""
    made = City(make_store, tmp_path)
    made.place_term()
    for kind in ("unit", "office", "lecturer", "trainee"):
        made.harness.call(contract.PUT_LADDER, {"recipient": kind, "channels": SIMULATED})
    made.units[UNIT] = {
        "person": "王海",
        "email": "peixun@donghu.example",
        "phone": "027-88880000",
        "fax": "027-88880001",
    }
    made.units[OTHER] = {"person": "李明", "email": "peixun@nanshan.example"}
    return made


def contact(city: City, unit_id: str = UNIT, **addresses: str) -> None:
    city.harness.call(contract.PUT_UNIT_CONTACT, {"unit_id": unit_id, **addresses})


def deliver(city: City, event: Event, event_id: str | None = None, **data: Any) -> None:
    city.harness.deliver(event, data, event_id=event_id)
    city.settle()


def briefing(city: City, due_on: str = "2020-06-05") -> None:
    deliver(city, compliance.BRIEFING_OPENED, briefing_id="b1", term_id=TERM, unit_id=UNIT, due_on=due_on)


def return_due(city: City, due_on: str = "2020-05-20", unit_id: str = UNIT, return_id: str = "return_1") -> None:
    said = {"return_id": return_id, "term_id": TERM, "unit_id": unit_id, "nomination_ids": ["n1"], "due_on": due_on}
    deliver(city, compliance.RETURN_DUE, **said)


def paid(city: City, number: int, unit_id: str = UNIT) -> None:
    said = {"order_id": "o1", "payment_id": f"p{number}", "receipt_number": f"收{number}号", "amount": "16500.00"}
    deliver(city, enrollment.FEES_PAID, term_id=TERM, unit_id=unit_id, **said)


def missing(city: City, event_id: str = "evt_missing", leg: str = "back") -> None:
    said = {"nomination_id": "nomination_1", "term_id": TERM, "unit_id": UNIT, "leg": leg}
    deliver(city, compliance.PERSON_MISSING, event_id, **said)


def found(city: City, event_id: str, leg: str = "back") -> None:
    said = {"nomination_id": "nomination_1", "term_id": TERM, "unit_id": UNIT, "leg": leg}
    deliver(city, compliance.PERSON_FOUND, event_id, **said)


def go(city: City, *moment: int) -> None:
    city.clock.set(datetime(2020, *moment, tzinfo=UTC))  # type: ignore[arg-type, misc]
    city.tick()
    city.settle()


def at(city: City, month: int, day: int, hour: int = 15) -> list[str]:
    """Go to an hour of a day in the city, let the minute's work be done, return the subjects sent since."""
    before = len(city.sent())
    city.clock.set(datetime(2020, month, day, hour - 8, 0, 1, tzinfo=UTC))
    city.tick()
    city.settle()
    return [sent["subject"] for sent in city.sent()[before:]]


def reminders(city: City) -> list[tuple[int | None, str]]:
    items = city.harness.call(contract.LIST_MESSAGES, {"limit": 200})["items"]
    return sorted(((row["reminder"], row["state"]) for row in items if row["reminder"] is not None), key=str)


def dispatches(city: City, **wanted: object) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = city.harness.call(contract.LIST_DISPATCHES, {"limit": 200, **wanted})["items"]
    return items


def messages(city: City, **wanted: object) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = city.harness.call(contract.LIST_MESSAGES, {"limit": 200, **wanted})["items"]
    return items


def tasks(city: City, **wanted: object) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = city.harness.call(contract.LIST_PHONE_TASKS, {"limit": 200, **wanted})["items"]
    return items
