"""How the sample city's units and offices are reached: simulated channels, which record and send nothing."""

from __future__ import annotations

from deploy.local.journey import Journey
from services.notification.contract import PUT_LADDER, PUT_OFFICE_CONTACT, PUT_UNIT_CONTACT

_CHANNELS = ["simulated_email", "simulated_sms", "simulated_fax"]
_KINDS = ("unit", "office", "lecturer", "trainee")
_OFFICES = {"organisation_department": "组织部", "party_school": "党校"}
_BOUNCES = "xichuan"
"""One unit's address no longer exists: what is sent there climbs the ladder."""


def put_contacts(journey: Journey) -> str:
    """Set the ladders to simulated channels, and where each unit and office is reached."""
    for kind in _KINDS:
        journey.gateway.call(PUT_LADDER, {"recipient": kind, "channels": _CHANNELS}, step=f"ladder/{kind}")
    for office, word in _OFFICES.items():
        contact = next((each for each in journey.contacts if word in each["organisation"]), {})
        reached = {name: contact.get(name) or "" for name in ("person", "phone", "fax")}
        request = {"office": office, "email": f"{office.replace('_', '-')}@jiangcheng.example", **reached}
        journey.gateway.call(PUT_OFFICE_CONTACT, request, step=f"office/{office}")
    units = [unit["unit_id"] for unit in journey.sample.facts["units"]]
    journey.each(list(enumerate(units, start=1)), lambda each: _put_unit(journey, *each))
    return f"{len(units)} 个单位"


def _put_unit(journey: Journey, number: int, unit_id: str) -> None:
    name = unit_id.rpartition(".")[2]
    mailbox = "bounce" if name == _BOUNCES else "peixun"
    request = {
        "unit_id": unit_id,
        "email": f"{mailbox}@{name}.jiangcheng.example",
        "phone": f"027-8800{number:04}",
        "fax": f"027-8900{number:04}",
    }
    journey.gateway.call(PUT_UNIT_CONTACT, request, step=f"contact/{unit_id}")
