"""The steps of enrollment: places, rosters, attestation, review, admission."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from deploy.local.gateway_client import Attachment
from deploy.local.journey import Journey
from deploy.local.waiting import wait_until
from services.enrollment import contract

_SIGNER = {"signer": "单位主要负责人", "signer_post": "党委（党组）书记"}
_BULK = 500


def register_units(journey: Journey) -> str:
    """Register the city and its units."""
    facts = journey.sample.facts
    city = {**facts["city"], "kind": "city"}
    journey.gateway.call(contract.PUT_UNIT, city, step="unit/city")
    journey.each(
        facts["units"],
        lambda unit: journey.gateway.call(contract.PUT_UNIT, unit, step=f"unit/{unit['unit_id']}"),
    )
    return f"{len(facts['units'])} 个参训单位"


def allot_quotas(journey: Journey) -> str:
    """Give the units their places, once enrollment knows every term."""
    wait_until(lambda: len(_fills(journey)) >= len(journey.terms), "报名系统收到各期安排", "enrollment knows the terms")
    identifiers = {(term["programme_ordinal"], term["ordinal"]): term["term_id"] for term in journey.terms}
    places: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in journey.sample.facts["quotas"]:
        term_id = identifiers.get((row["programme_ordinal"], row["term_ordinal"]))
        if term_id is not None:
            places[term_id].append({"unit_id": row["unit_id"], "places": row["places"]})
    journey.each(
        places.items(),
        lambda term: journey.gateway.call(
            contract.ALLOT_QUOTAS, {"term_id": term[0], "quotas": term[1]}, step=f"quotas/{term[0]}"
        ),
    )
    count = sum(row["places"] for rows in places.values() for row in rows)
    return f"{len(places)} 期共 {count} 个名额"


def file_rosters(journey: Journey) -> str:
    """Send each unit's own file, and wait until all are imported."""

    journey.go_on_to("rosters")

    def send(entry: tuple[str, str]) -> dict[str, Any]:
        unit_id, name = entry
        request = {"unit_id": unit_id, "plan_id": journey.plan_id}
        sheet = Attachment(name, (journey.sample.folder / "rosters" / name).read_bytes())
        filed = journey.gateway.call(contract.FILE_ROSTER, request, step=f"roster/{unit_id}", file=sheet)
        return wait_until(
            lambda: _finished(journey, filed["import_id"]), f"名单 {name} 导入完成", f"{name} imported", seconds=300
        )

    journey.rosters = journey.each(journey.sample.facts["rosters"].items(), send)
    counts = [roster["counts"] for roster in journey.rosters]
    rows, errors = sum(each["rows"] for each in counts), sum(each["errors"] for each in counts)
    return f"{len(counts)} 份名单 {rows} 行，{errors} 行有误已退回标注"


def attest(journey: Journey) -> str:
    """Have each unit sign the three criteria for the people on its roster."""

    def sign(roster: dict[str, Any]) -> int:
        filed = _nominations(journey, import_id=roster["import_id"], state="filed")
        return _in_bulk(
            journey, contract.ATTEST_NOMINATIONS, [row["nomination_id"] for row in filed], _SIGNER, "attest"
        )

    return f"{sum(journey.each(journey.rosters, sign))} 人"


def review(journey: Journey) -> str:
    """Accept everybody whom the rules do not refuse and the unit vouches for."""
    terms = [term["term_id"] for term in journey.terms]

    def accept(term_id: str) -> int:
        attested = _nominations(journey, term_id=term_id, state="attested")
        waiting = [row["nomination_id"] for row in attested if row["outcome"] != "refused"]
        return _in_bulk(journey, contract.REVIEW_NOMINATIONS, waiting, {"decision": "accept"}, "accept")

    return f"通过 {sum(journey.each(terms, accept))} 人"


def admit(journey: Journey) -> str:
    """Admit to every term in review order."""
    journey.go_on_to("admission")
    answers = journey.each(
        journey.terms,
        lambda term: journey.gateway.call(
            contract.ADMIT_TERM, {"term_id": term["term_id"]}, step=f"admit/{term['term_id']}"
        ),
    )
    left_out = sum(len(answer["left_out"]) for answer in answers)
    return f"录取 {sum(len(answer['admitted']) for answer in answers)} 人，{left_out} 人因名额已满未录取"


def _fills(journey: Journey) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = journey.gateway.call(contract.TERM_FILL, {"plan_id": journey.plan_id})["items"]
    return rows


def fills(journey: Journey) -> list[dict[str, Any]]:
    """Return how full every term is."""
    return _fills(journey)


def _finished(journey: Journey, import_id: str) -> dict[str, Any] | None:
    roster = journey.gateway.call(contract.GET_ROSTER, {"import_id": import_id})
    return roster if roster["state"] in ("done", "failed") else None


def _nominations(journey: Journey, **narrowed: str) -> list[dict[str, Any]]:
    return list(journey.gateway.pages(contract.LIST_NOMINATIONS, narrowed))


def _in_bulk(journey: Journey, operation: Any, identifiers: list[str], what: dict[str, Any], step: str) -> int:
    done = 0
    for start in range(0, len(identifiers), _BULK):
        some = identifiers[start : start + _BULK]
        answer = journey.gateway.call(operation, {"nomination_ids": some, **what}, step=f"{step}/{some[0]}/{len(some)}")
        done += answer["done"]
    return done
