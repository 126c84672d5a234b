"""Out and back together: manifests, rolls, somebody missing and found, and the return to post."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from deploy.local.journey import Journey
from deploy.local.waiting import wait_until
from deploy.local.year.people import by_unit, ids, trainees
from services.compliance.contract.checkin import CHECK_IN_TRAINEES
from services.compliance.contract.returns import CONFIRM_RETURN, LIST_RETURNS
from services.compliance.contract.travel import GET_TRAVEL_BATCH, PLAN_TRAVEL, RECORD_TRAVEL_ROLL, REPORT_FOUND
from shared.clock import CITY_ZONE

_GATHER, _ARRIVE, _CHECK_IN, _ALARM = time(12, 30), time(14, 30), time(15), time(16)
_HOMEWARD, _HOME = time(18, 30), time(20)
_TOGETHER = 2


def travel_out(journey: Journey, terms: list[dict[str, Any]]) -> str:
    """Take everybody to the school; one of the first term's is missing at the arrival, and is found."""
    reports_on = date.fromisoformat(terms[0]["reports_on"])
    journey.go_on_until(reports_on)
    batches = [each for term in terms for each in _plan(journey, term, "out", reports_on, (_GATHER, _ARRIVE))]
    lost = journey.remembered(f"lost/{reports_on}", lambda: batches[0]["passengers"][-1]["nomination_id"])
    journey.go_on_until(reports_on, _GATHER)
    _roll(journey, batches, "departure", set())
    journey.go_on_until(reports_on, _CHECK_IN)
    _roll(journey, batches, "arrival", {lost})
    for term in terms:
        people = [who for who in ids(trainees(journey, term["term_id"])) if who != lost]
        _check_in(journey, term, people, f"check-in/{term['term_id']}")
    journey.go_on_until(reports_on, _ALARM)
    first = batches[0]
    which = {"batch_id": first["batch_id"]}
    if journey.answers.get(f"found/{lost}") is None:
        wait_until(lambda: _missing(journey, which, lost), "未到人员已报警", "the missing person was noticed")
    note = {"nomination_id": lost, "note": "途中车辆故障，已电话联系到本人，改乘下一班车"}
    journey.cast.unit(first["unit_id"]).call(REPORT_FOUND, {**which, **note}, step=f"found/{lost}")
    journey.go_on_until(reports_on, time(17, 30))
    _check_in(journey, terms[0], [lost], f"check-in/{lost}")
    return f"{len(batches)} 个批次，1 人途中失联后找到"


def check_in(journey: Journey, terms: list[dict[str, Any]]) -> str:
    """Check everybody in on the reporting day, where no batches were planned."""
    journey.go_on_until(date.fromisoformat(terms[0]["reports_on"]), _CHECK_IN)
    people = {term["term_id"]: ids(trainees(journey, term["term_id"])) for term in terms}
    for term in terms:
        _check_in(journey, term, people[term["term_id"]], f"check-in/{term['term_id']}")
    return f"{sum(map(len, people.values()))} 人报到"


def travel_back(journey: Journey, terms: list[dict[str, Any]]) -> str:
    """Take everybody home on the last day."""
    ends_on = date.fromisoformat(terms[0]["ends_on"])
    batches = [each for term in terms for each in _plan(journey, term, "back", ends_on, (_HOMEWARD, _HOME))]
    journey.go_on_until(ends_on, _HOMEWARD)
    _roll(journey, batches, "departure", set())
    journey.go_on_until(ends_on, _HOME)
    _roll(journey, batches, "arrival", set())
    return f"{len(batches)} 个返程批次"


def return_to_post(journey: Journey, terms: list[dict[str, Any]]) -> str:
    """Have the units confirm who is back; the last one does so only when it is overdue."""
    ends_on = date.fromisoformat(terms[0]["ends_on"])
    journey.go_on_until(ends_on + timedelta(days=1))
    *prompt, tardy = _asked(journey, terms)
    journey.each(prompt, partial(_confirm_return, journey))
    journey.go_on_until(date.fromisoformat(tardy["due_on"]) + timedelta(days=1))
    _confirm_return(journey, tardy)
    confirmed = _asked(journey, terms)
    return f"{len(confirmed)} 个单位确认返岗，其中 {sum(row['late'] for row in confirmed)} 个逾期"


def confirm_returns(journey: Journey, terms: list[dict[str, Any]]) -> None:
    """Have every unit say who is back, as soon as it is asked."""
    journey.each(_asked(journey, terms), partial(_confirm_return, journey))


def _plan(
    journey: Journey, term: dict[str, Any], leg: str, on: date, hours: tuple[time, time]
) -> list[dict[str, Any]]:  # fmt: skip
    departs_at, arrives_by = (datetime.combine(on, hour, CITY_ZONE).isoformat() for hour in hours)
    people = journey.remembered(
        f"travellers/{leg}/{term['term_id']}",
        lambda: {unit_id: ids(rows) for unit_id, rows in by_unit(trainees(journey, term["term_id"])).items()},
    )

    def plan(entry: tuple[str, list[str]]) -> dict[str, Any]:
        unit_id, who = entry
        alone = {} if len(who) >= _TOGETHER else {"reason": "本单位仅一人参训"}
        request = {
            "leg": leg, "departs_at": departs_at, "arrives_by": arrives_by, "term_id": term["term_id"],
            "unit_id": unit_id, "assembly_place": "单位门前广场" if leg == "out" else "党校正门", "vehicle": "大巴",
            "nomination_ids": who, **alone,
        }  # fmt: skip
        return journey.cast.unit(unit_id).call(PLAN_TRAVEL, request, step=f"travel/{leg}/{term['term_id']}/{unit_id}")

    return journey.each(people.items(), plan)


def _roll(journey: Journey, batches: list[dict[str, Any]], stage: str, without: set[str]) -> None:
    def take(batch: dict[str, Any]) -> None:
        there = [each["nomination_id"] for each in batch["passengers"] if each["nomination_id"] not in without]
        if there:
            request = {"batch_id": batch["batch_id"], "stage": stage, "nomination_ids": there}
            journey.cast.unit(batch["unit_id"]).call(
                RECORD_TRAVEL_ROLL, request, step=f"travel/{batch['batch_id']}/{stage}"
            )

    journey.each(batches, take)


def _check_in(journey: Journey, term: dict[str, Any], people: list[str], step: str) -> None:
    journey.cast.school.call(CHECK_IN_TRAINEES, {"term_id": term["term_id"], "nomination_ids": people}, step=step)


def _missing(journey: Journey, which: dict[str, str], lost: str) -> bool:
    batch = journey.gateway.call(GET_TRAVEL_BATCH, which)
    return any(each["nomination_id"] == lost and each["was_missing"] for each in batch["passengers"])


def _asked(journey: Journey, terms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return wait_until(lambda: _returns(journey, terms), "返岗确认已发起", "units were asked who is back")


def _returns(journey: Journey, terms: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    found = []
    for term in terms:
        rows = list(journey.gateway.pages(LIST_RETURNS, {"term_id": term["term_id"]}))
        if not rows:
            return None
        found += [row for row in rows if row["state"] != "cancelled"]
    return sorted(found, key=lambda row: (str(row["unit_id"]), str(row["return_id"])))


def _confirm_return(journey: Journey, row: dict[str, Any]) -> None:
    people = [{"nomination_id": each["nomination_id"]} for each in row["people"]]
    request = {"return_id": row["return_id"], "people": people, "signer": "干部科负责人"}
    journey.cast.unit(row["unit_id"]).call(CONFIRM_RETURN, request, step=f"return/{row['return_id']}")
