"""What happens on the way in the terms that are not followed person by person: people arrive, and are back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from deploy.local import lettering
from deploy.local.journey import Journey
from deploy.local.year.people import ids, trainees
from deploy.local.year.travelling import confirm_returns
from services.compliance.contract.checkin import CHECK_IN_TRAINEES
from services.compliance.contract.returns import LIST_RETURNS
from shared.clock import CITY_ZONE

_ARRIVED, _BACK = time(15), time(9)


def keep_up(journey: Journey, wanted: datetime) -> None:
    """Sign off what is printed; stop on the way to ``wanted`` whenever people arrive, and when they should be back."""
    lettering.sign_off(journey)
    followed = {term["term_id"] for term in journey.shown}
    others = [term for term in journey.terms if term["term_id"] not in followed]
    for at in sorted({moment(term) for term in others for moment in (_arrival, _return)}):
        if journey.clock.now() < at <= wanted:
            journey.set_clock(at)
            journey.each([term for term in others if _arrival(term) == at], partial(_check_in, journey))
            over = [term for term in others if _return(term) == at and trainees(journey, term["term_id"])]
            if over:
                confirm_returns(journey, over)


def end_the_year(journey: Journey) -> str:
    """Go on to the last day of the year, with everybody back at their post."""
    journey.go_on_to("year_end")
    journey.settle()
    lettering.sign_off(journey)
    journey.settle()
    open_ones = list(journey.gateway.pages(LIST_RETURNS, {"state": "open"}))
    return f"{journey.clock.today().isoformat()}，{len(open_ones)} 份返岗待确认"


def _arrival(term: dict[str, Any]) -> datetime:
    return datetime.combine(date.fromisoformat(term["reports_on"]), _ARRIVED, CITY_ZONE)


def _return(term: dict[str, Any]) -> datetime:
    return datetime.combine(date.fromisoformat(term["ends_on"]) + timedelta(days=1), _BACK, CITY_ZONE)


def _check_in(journey: Journey, term: dict[str, Any]) -> None:
    people = ids(trainees(journey, term["term_id"]))
    if people:
        there = {"term_id": term["term_id"], "nomination_ids": people}
        journey.cast.school.call(CHECK_IN_TRAINEES, there, step=f"check-in/{term['term_id']}")
