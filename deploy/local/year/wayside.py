"""What happens on the way in the terms that are not followed person by person: people arrive, and are back."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from typing import Any

from deploy.local.journey import Journey
from deploy.local.year.people import ids, trainees
from deploy.local.year.travelling import confirm_return
from services.compliance.contract.checkin import CHECK_IN_TRAINEES
from services.compliance.contract.returns import LIST_RETURNS
from shared.clock import CITY_ZONE

_ARRIVED = time(15)


def keep_up(journey: Journey, wanted: datetime) -> None:
    """Stop at every reporting day before ``wanted``: check everybody in, and have units confirm who is back."""
    followed = {term["term_id"] for term in journey.shown}
    others = [term for term in journey.terms if term["term_id"] not in followed]
    _confirm_returns(journey, followed)
    for at in sorted({_arrival(term) for term in others}):
        if journey.clock.now() < at <= wanted:
            journey.set_clock(at)
            journey.each([term for term in others if _arrival(term) == at], partial(_check_in, journey))
            _confirm_returns(journey, followed)


def end_the_year(journey: Journey) -> str:
    """Go on to the last day of the year, with everybody back at their post."""
    journey.go_on_to("year_end")
    open_ones = list(journey.gateway.pages(LIST_RETURNS, {"state": "open"}))
    return f"{journey.clock.today().isoformat()}，{len(open_ones)} 份返岗待确认"


def _arrival(term: dict[str, Any]) -> datetime:
    return datetime.combine(date.fromisoformat(term["reports_on"]), _ARRIVED, CITY_ZONE)


def _check_in(journey: Journey, term: dict[str, Any]) -> None:
    people = ids(trainees(journey, term["term_id"]))
    if people:
        there = {"term_id": term["term_id"], "nomination_ids": people}
        journey.cast.school.call(CHECK_IN_TRAINEES, there, step=f"check-in/{term['term_id']}")


def _confirm_returns(journey: Journey, followed: set[str]) -> None:
    if not any(date.fromisoformat(term["ends_on"]) < journey.clock.today() for term in journey.terms):
        return
    due = journey.gateway.pages(LIST_RETURNS, {"state": "open"})
    journey.each([row for row in due if row["term_id"] not in followed], lambda row: confirm_return(journey, row))
