"""Health declarations on a real store: consent, purpose, sealing, and a purge that proves itself."""

from __future__ import annotations

from typing import Any

import pytest

from services.compliance import contract
from services.compliance.store.health import DECLARATIONS, PURGES
from services.enrollment.contract import NOMINATION_WITHDRAWN, ROSTER_ADMITTED
from services.scheduling.contract import TERM_CANCELLED, TERM_MOVED, TERM_PLACED
from shared.errors import Forbidden, NotFound
from tests.fixtures.clock import StillClock
from tests.integration.compliance.compliance_city import (
    AUDITOR,
    DONGHU,
    NANSHAN,
    ORGANISERS,
    SCHOOL,
    TERM,
    City,
    at,
    roster,
    trainee,
)

WELL = {"purpose": "entry_check", "consent": True, "fit": True, "symptoms": False, "contact": False}


def declare(city: City, nomination: str = "n1", **more: Any) -> dict[str, Any]:
    return city.ask(contract.DECLARE_MY_HEALTH, trainee(nomination), **{**WELL, **more})


def rows(city: City, collection: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = city.harness.store.view(city.harness.kit.own_context()).rows(collection).find({})
    return found


def test_without_consent_nothing_is_kept(city: City) -> None:
    city.open_term("n1")
    assert "随时撤回" in city.ask(contract.GET_HEALTH_CONSENT, trainee("n1"))["text"]["zh"]
    with pytest.raises(contract.ConsentMissing):
        declare(city, consent=False)
    assert rows(city, DECLARATIONS) == []


def test_a_declaration_is_sealed_and_shows_its_basis_and_its_end(city: City) -> None:
    city.open_term("n1")
    kept = declare(city)
    assert (kept["basis"], kept["purpose"], kept["delete_by"]) == ("consent", "entry_check", "2020-06-05")
    assert not {"fit", "symptoms", "contact", "content"} & set(kept)
    (row,) = rows(city, DECLARATIONS)
    assert repr(row["content"]) == "<sealed content>"
    again = declare(city, fit=False)
    assert again["declaration_id"] == kept["declaration_id"]
    (mine,) = city.ask(contract.LIST_MY_HEALTH, trainee("n1"))["items"]
    assert mine["content"]["fit"] is False


def test_it_is_opened_by_the_school_for_its_own_purpose_only(city: City) -> None:
    city.open_term("n1")
    kept = declare(city)
    request = {"declaration_id": kept["declaration_id"], "purpose": "entry_check"}
    assert city.ask(contract.OPEN_HEALTH_DECLARATION, SCHOOL, **request)["symptoms"] is False
    with pytest.raises(contract.PurposeMismatch):
        city.ask(contract.OPEN_HEALTH_DECLARATION, SCHOOL, **{**request, "purpose": "daily_report"})
    for caller in (ORGANISERS, DONGHU, NANSHAN, AUDITOR, trainee("n1")):
        with pytest.raises(Forbidden):
            city.ask(contract.OPEN_HEALTH_DECLARATION, caller, **request)
    for caller in (ORGANISERS, DONGHU, trainee("n2")):
        with pytest.raises(Forbidden):
            city.ask(contract.LIST_HEALTH_DECLARATIONS, caller, term_id="term_1")


def test_a_check_rests_on_consent_or_names_its_document(city: City) -> None:
    city.open_term("n1", "n2")
    check = {"nomination_id": "n1", "purpose": "entry_check", "basis": "consent", "code": "green"}
    with pytest.raises(contract.ConsentMissing):
        city.ask(contract.RECORD_HEALTH_CHECK, SCHOOL, **check)
    declare(city)
    assert city.ask(contract.RECORD_HEALTH_CHECK, SCHOOL, **check)["kind"] == "checked"
    other = {**check, "nomination_id": "n2", "basis": "public_health_emergency"}
    with pytest.raises(contract.Unfounded):
        city.ask(contract.RECORD_HEALTH_CHECK, SCHOOL, **other)
    named = city.ask(contract.RECORD_HEALTH_CHECK, SCHOOL, **other, basis_document="市疫情防控指挥部令第5号")
    assert (named["consented_at"], named["basis_document"]) == (None, "市疫情防控指挥部令第5号")
    with pytest.raises(Forbidden):
        city.ask(contract.RECORD_HEALTH_CHECK, ORGANISERS, **check)


def test_on_its_last_day_it_is_gone_and_the_proof_says_so(city: City, clock: StillClock) -> None:
    city.open_term("n1", "n2")
    kept = [declare(city, "n1"), declare(city, "n2")]
    opened = {"declaration_id": kept[0]["declaration_id"], "purpose": "entry_check"}
    clock.set(at(4, "23:59:59", month=6))
    city.harness.tick("due", at(4, "23:00", month=6))
    assert city.ask(contract.OPEN_HEALTH_DECLARATION, SCHOOL, **opened)["fit"] is True
    clock.set(at(5, "00:00", month=6))
    with pytest.raises(NotFound):
        city.ask(contract.OPEN_HEALTH_DECLARATION, SCHOOL, **opened)
    assert city.ask(contract.LIST_HEALTH_DECLARATIONS, SCHOOL, term_id="term_1")["items"] == []
    assert len(rows(city, DECLARATIONS)) == 2
    city.harness.tick("due", at(5, "00:00", month=6))
    assert rows(city, DECLARATIONS) == []
    (event,) = city.harness.emitted(contract.HEALTH_PURGED)
    assert (event.data["count"], event.data["term_id"]) == (2, "term_1")
    verdict = city.ask(contract.VERIFY_HEALTH_PURGE, AUDITOR, proof_id=event.data["proof_id"])
    assert (verdict["holds"], len(verdict["checks"])) == (True, 5)
    city.harness.tick("due", at(5, "01:00", month=6))
    assert len(rows(city, PURGES)) == 1
    with pytest.raises(contract.OutsideWindow):
        declare(city)


AUTUMN = {"starts_on": "2020-11-16", "ends_on": "2020-11-20", "reports_on": "2020-11-15"}


def declared_for_autumn(city: City) -> None:
    city.harness.deliver(TERM_PLACED, {**TERM, **AUTUMN})
    city.harness.deliver(ROSTER_ADMITTED, roster("n1"))
    assert declare(city)["delete_by"] == "2020-12-04"


def days_of_deletion(city: City) -> list[str]:
    return [row["delete_by"] for row in rows(city, DECLARATIONS)]


def test_the_day_of_deletion_follows_a_term_that_moves(city: City, clock: StillClock) -> None:
    declared_for_autumn(city)
    city.harness.deliver(TERM_MOVED, {**TERM, "version": 2})
    assert days_of_deletion(city) == ["2020-06-05"]
    city.harness.deliver(TERM_MOVED, {**TERM, **AUTUMN, "ends_on": "2020-11-21", "version": 3})
    assert days_of_deletion(city) == ["2020-12-05"]
    clock.set(at(4, month=8))
    city.harness.deliver(TERM_MOVED, {**TERM, "version": 4})
    city.harness.tick("due", at(4, month=8))
    assert rows(city, DECLARATIONS) == []


def test_a_cancelled_term_keeps_its_declarations_as_if_it_had_ended_and_collects_no_more(
    city: City, clock: StillClock
) -> None:
    declared_for_autumn(city)
    news = {"term_id": "term_1", "plan_id": "plan_1", "programme_id": "programme_1", "reason": "疫情"}
    city.harness.deliver(TERM_CANCELLED, {**news, "version": 2})
    assert days_of_deletion(city) == ["2020-05-25"]
    with pytest.raises(contract.OutsideWindow):
        declare(city, purpose="daily_report")
    city.harness.deliver(TERM_PLACED, {**TERM, **AUTUMN, "version": 3})
    assert days_of_deletion(city) == ["2020-12-04"]
    clock.set(at(1, month=12))
    city.harness.deliver(TERM_CANCELLED, {**news, "version": 4})
    assert days_of_deletion(city) == ["2020-12-04"]


def test_what_somebody_declared_who_withdrew_is_due_at_once_and_stays_due(city: City) -> None:
    city.open_term("n1", "n2")
    for nomination in ("n1", "n2"):
        declare(city, nomination)
    gone = {"term_id": "term_1", "unit_id": "jiangcheng.donghu", "reason_code": "duty", "was_admitted": True}
    city.harness.deliver(NOMINATION_WITHDRAWN, {**gone, "nomination_id": "n1"})
    shown = city.ask(contract.LIST_HEALTH_DECLARATIONS, SCHOOL, term_id="term_1")["items"]
    assert [row["nomination_id"] for row in shown] == ["n2"]
    city.harness.deliver(TERM_MOVED, {**TERM, "ends_on": "2020-05-23", "version": 2})
    city.harness.tick("due", at(17, "16:00"))
    assert [row["nomination_id"] for row in rows(city, DECLARATIONS)] == ["n2"]
    (event,) = city.harness.emitted(contract.HEALTH_PURGED)
    assert event.data["count"] == 1


def test_consent_taken_back_deletes_at_once(city: City) -> None:
    city.open_term("n1", "n2")
    mine = declare(city)
    declare(city, "n2")
    check = {"nomination_id": "n1", "purpose": "entry_check", "basis": "consent", "code": "green"}
    city.ask(contract.RECORD_HEALTH_CHECK, SCHOOL, **check)
    with pytest.raises(NotFound):
        city.ask(contract.WITHDRAW_MY_CONSENT, trainee("n2"), declaration_id=mine["declaration_id"])
    proof = city.ask(contract.WITHDRAW_MY_CONSENT, trainee("n1"), declaration_id=mine["declaration_id"])
    assert (proof["cause"], proof["count"]) == ("consent_withdrawn", 2)
    assert [row["nomination_id"] for row in rows(city, DECLARATIONS)] == ["n2"]


def test_what_rests_on_a_duty_cannot_be_taken_back(city: City) -> None:
    city.open_term("n1")
    named = {"basis": "statutory_duty", "basis_document": "传染病防治法第十二条", "code": "none"}
    check = {"nomination_id": "n1", "purpose": "entry_check", **named}
    kept = city.ask(contract.RECORD_HEALTH_CHECK, SCHOOL, **check)
    with pytest.raises(contract.WrongState):
        city.ask(contract.WITHDRAW_MY_CONSENT, trainee("n1"), declaration_id=kept["declaration_id"])


def test_a_proof_that_was_meddled_with_does_not_hold(city: City, clock: StillClock) -> None:
    city.open_term("n1", "n2")
    for nomination in ("n1", "n2"):
        kept = declare(city, nomination)
        city.ask(contract.WITHDRAW_MY_CONSENT, trainee(nomination), declaration_id=kept["declaration_id"])
    first, second = sorted(rows(city, PURGES), key=lambda row: row["number"])
    assert second["previous"] == first["seal"]
    store, context = city.harness.store, city.harness.kit.own_context()
    forged = {**first, "count": 7, "seal": "0" * 64}
    store.transact(context, lambda tx: tx.rows(PURGES).save(forged), operation="forge")
    verdicts = [
        city.ask(contract.VERIFY_HEALTH_PURGE, AUDITOR, proof_id=row["_id"])["holds"] for row in (first, second)
    ]
    assert verdicts == [False, False]
