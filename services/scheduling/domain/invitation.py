"""An invitation to teach: who may do what with it, and until when."""

from __future__ import annotations

from datetime import date
from typing import Literal

State = Literal["invited", "confirmed", "declined", "lapsed", "withdrawn", "superseded"]
STATES: tuple[State, ...] = ("invited", "confirmed", "declined", "lapsed", "withdrawn", "superseded")
LIVE: tuple[State, ...] = ("invited", "confirmed")
"""Somebody is asked or has agreed: nobody else is asked for the course meanwhile."""

LOST: tuple[State, ...] = ("declined", "lapsed")
"""The lecturer will not teach, and somebody else has to be asked."""

Standing = Literal["open", "same", "late", "settled"]
"""Whether an answer is taken: it is ``same`` when given before, ``settled`` when it is not asked for any more."""


def standing(state: str, due_on: date, starts_on: date, today: date, answer: Literal["confirm", "decline"]) -> Standing:
    """Return whether a lecturer may still answer so.

    The last day counts whole, in the city's time. Somebody who agreed may still decline until the term opens; nobody
    agrees again after declining, the Party school asks anew.
    """
    if (state, answer) in (("confirmed", "confirm"), ("declined", "decline")):
        return "same"
    if state == "invited":
        return "open" if today <= due_on else "late"
    if state == "confirmed":
        return "open" if today < starts_on else "late"
    return "settled"
