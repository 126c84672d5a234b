"""Who a recipient is and where it is reached, found out when something is about to be sent."""

from __future__ import annotations

from typing import Any

from services.enrollment.contract import GET_UNIT
from services.notification.domain.contact import Reached
from services.notification.queries.deliveries import issuer_rows
from services.notification.store import CONTACTS, LETTERS
from services.scheduling.contract import GET_LECTURER
from shared.errors import Fault, NotFound
from shared.runtime.work import Work

_ISSUER_OF = {"organisation_department": "transfer", "party_school": "admission"}
_EMPTY = {"person": "", "email": "", "mobile": "", "phone": "", "fax": "", "app": ""}


class Addressing:
    """Looks recipients up, each once. What was set here goes before what another service keeps."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._known: dict[str, Reached] = {}

    def reached(self, recipient: str) -> Reached:
        """Return who a recipient is. Raises a transient ``Fault`` when that cannot be found out now."""
        if recipient not in self._known:
            kind, _, identifier = recipient.partition(":")
            self._known[recipient] = getattr(self, f"_{kind}")(identifier, self._set_here(recipient))
        return self._known[recipient]

    def unit_title(self, unit_id: str) -> str:
        """Return what a unit is called."""
        return self.reached(f"unit:{unit_id}").title

    def _set_here(self, recipient: str) -> dict[str, str]:
        view = self._work.view()
        row = view.rows(CONTACTS).one({"_id": recipient})
        if row is None:
            return {}
        found: dict[str, str] = view.rows(CONTACTS).unseal(row, "addresses", purpose="send a message")
        return found

    def _unit(self, unit_id: str, own: dict[str, str]) -> Reached:
        try:
            unit = self._work.ask(GET_UNIT, {"unit_id": unit_id})
        except NotFound:
            return _of(unit_id, own)
        except Fault:
            if not own:
                raise
            # Enrollment is away: what is known here is enough to go on.
            return _of(self._title_on_letters(unit_id), own)
        official = {name: unit["contact"].get(name) or "" for name in ("person", "phone", "fax", "email")}
        return _of(unit["title"], own or official)

    def _title_on_letters(self, unit_id: str) -> str:
        row = self._work.view().rows(LETTERS).one({"unit_id": unit_id})
        return str(row["unit_title"]) if row else unit_id

    def _office(self, office: str, own: dict[str, str]) -> Reached:
        issuer = issuer_rows(self._work.view())[_ISSUER_OF[office]]
        return _of(issuer["signature"], own or dict(issuer["contact"]))

    def _lecturer(self, lecturer_id: str, own: dict[str, str]) -> Reached:
        try:
            lecturer = self._work.ask(GET_LECTURER, {"lecturer_id": lecturer_id})
        except NotFound:
            return _of("老师", own)
        contact = lecturer["contact"] or {}
        found = {name: contact.get(name) or "" for name in ("phone", "email", "fax")}
        # A lecturer gives one number; where it is a mobile it takes text messages too.
        return _of(f"{lecturer['name']}老师", {**found, "mobile": found["phone"], "person": lecturer["name"]})

    def _trainee(self, nomination_id: str, own: dict[str, str]) -> Reached:
        return _of("您好", own)


def _of(title: str, contact: dict[str, Any]) -> Reached:
    said = {**_EMPTY, **{name: value or "" for name, value in contact.items()}}
    numbers = tuple(dict.fromkeys(number for number in (said["phone"], said["mobile"]) if number))
    addresses = {name: said[name] for name in ("email", "mobile", "fax", "app")}
    return Reached(title, said["person"], addresses, numbers)
