"""Review step by step, conditions as data, and the dossier with posts over time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.enrollment import contract
from services.enrollment.contract import WrongState
from shared.errors import Forbidden, Invalid, NotFound
from shared.security.caller import Caller, Role
from tests.integration.enrollment.conftest import OPENING, Desk, line, unit_caller
from tests.integration.enrollment.replacing import ask, at

SIGNER = {"signer": "单位负责人", "signer_post": "党组书记"}
DISTRICT, HEALTH = unit_caller("city.donghu"), unit_caller("city.donghu.health")


@pytest.fixture
def city(desk: Desk) -> Desk:
    for unit in ("donghu", "donghu.health", "nanshan"):
        desk.unit(f"city.{unit}", unit)
    desk.place("term_1", capacity=10)
    desk.allot("term_1", donghu=5, nanshan=3)
    return desk


def attested(desk: Desk, unit: str = "donghu.health", *serials: int, **columns: Any) -> list[str]:
    desk.file(f"city.{unit}", [line(serial, **columns) for serial in serials or (1, 2)])
    ids = [row["nomination_id"] for row in desk.nominations(state="filed", unit_id=f"city.{unit}")]
    desk.call(contract.ATTEST_NOMINATIONS, {"nomination_ids": ids, **SIGNER})
    return ids


def decide(desk: Desk, ids: list[str], decision: str = "accept", **more: Any) -> list[dict[str, Any]]:
    caller = {"caller": more.pop("caller")} if "caller" in more else {}
    request = {"nomination_ids": ids, "decision": decision, **more}
    found: list[dict[str, Any]] = desk.call(contract.REVIEW_NOMINATIONS, request, **caller)["items"]
    return found


def shown(desk: Desk, nomination_id: str) -> dict[str, Any]:
    return desk.call(contract.GET_NOMINATION, {"nomination_id": nomination_id})


def test_a_nomination_climbs_step_by_step_and_keeps_who_decided(city: Desk) -> None:
    first, second = attested(city)
    assert [row["nomination_id"] for row in city.nominations(awaits="district")] == [first, second]
    city.harness.take()
    assert [row["state"] for row in decide(city, [first, second], caller=DISTRICT)] == ["attested", "attested"]
    assert shown(city, first)["awaits"] == "city"
    decide(city, [first])
    done = shown(city, first)
    assert (done["state"], done["awaits"], done["ladder"]) == ("accepted", None, ["district", "city"])
    assert [(item["step"], item["by"]) for item in done["reviews"]] == [
        ("district", "test:city.donghu"),
        ("city", "test:organiser"),
    ]
    events = [event.data for event in city.harness.emitted(contract.NOMINATIONS_REVIEWED)]
    assert [(data["step"], data["awaits"], len(data["nomination_ids"])) for data in events] == [
        ("district", "city", 2),
        ("city", None, 1),
    ]


def test_nobody_decides_a_step_that_is_not_theirs(city: Desk) -> None:
    [below, _] = attested(city)
    [own] = attested(city, "donghu", 5)
    for caller, ids in ((city.harness.caller, [below]), (HEALTH, [below]), (DISTRICT, [own])):
        [row] = decide(city, ids, caller=caller)
        assert row["problem"]["code"] == "not-your-step", caller.subject
    decide(city, [below], caller=DISTRICT)
    assert decide(city, [below], caller=DISTRICT)[0]["problem"]["code"] == "not-your-step"
    with pytest.raises(NotFound):
        decide(city, [below], caller=unit_caller("city.nanshan"))
    auditor = Caller("test:auditor", frozenset({Role.AUDITOR}), ("",))
    with pytest.raises(Forbidden):
        decide(city, [below], caller=auditor)


def test_what_a_step_returns_climbs_again_from_the_foot(city: Desk) -> None:
    [chosen, _] = attested(city)
    decide(city, [chosen], caller=DISTRICT)
    decide(city, [chosen], "return", reason_code="post-unclear", note="职务请写全称")
    back = shown(city, chosen)
    assert (back["state"], back["awaits"], back["ladder"]) == ("returned", None, [])
    city.call(contract.CORRECT_NOMINATION, {"nomination_id": chosen, "post": "规划科科长"}, caller=HEALTH)
    city.call(contract.ATTEST_NOMINATIONS, {"nomination_ids": [chosen], **SIGNER}, caller=HEALTH)
    assert shown(city, chosen)["awaits"] == "district"
    decide(city, [chosen], caller=DISTRICT)
    decide(city, [chosen])
    done = shown(city, chosen)
    assert done["state"] == "accepted"
    assert [item["decision"] for item in done["reviews"]] == ["accept", "return", "accept", "accept"]


def test_a_district_refuses_its_units_people_with_a_reason(city: Desk) -> None:
    [chosen, _] = attested(city)
    with pytest.raises(Invalid, match="reason_code"):
        decide(city, [chosen], "refuse", caller=DISTRICT)
    assert decide(city, [chosen], "refuse", reason_code="not-suitable", caller=DISTRICT)[0]["state"] == "refused"
    ladder = city.call(contract.GET_REVIEW_LADDER, {})
    assert [item["step"] for item in ladder["items"]] == ["district", "city"]


def put(desk: Desk, scope_id: str = "programme_1", **wanted: Any) -> dict[str, Any]:
    return desk.call(contract.PUT_CONDITIONS, {"scope_id": scope_id, "source": "选调通知", **wanted})


def test_conditions_are_data_of_a_programme_and_of_a_term(city: Desk) -> None:
    assert put(city, lowest="xiangke", head_cap=2)["scope"] == "programme"
    city.file("city.donghu", [line(1, 职级="三级主任科员"), line(2), line(3), line(4)])
    outcomes = {row["name"]: row["outcome"] for row in city.nominations()}
    assert list(outcomes.values()) == ["refused", "eligible", "eligible", "warned"]
    put(city, "term_1", head_cap=9)
    city.file("city.nanshan", [line(serial) for serial in range(11, 15)])
    assert {row["outcome"] for row in city.nominations(unit_id="city.nanshan")} <= {"eligible", "warned"}
    assert not [row for row in _verdicts(city, "city.nanshan") if (row["rule"], row["ruling"]) == ("head_cap", "warn")]


def _verdicts(desk: Desk, unit_id: str) -> list[dict[str, Any]]:
    rows = desk.nominations(unit_id=unit_id)
    return [item for row in rows for item in shown(desk, row["nomination_id"])["verdicts"]]


def test_a_cap_holds_at_admission(city: Desk) -> None:
    put(city, head_cap=1)
    city.file("city.donghu", [line(1), line(2)])
    city.accept_all()
    done = city.call(contract.ADMIT_TERM, {"term_id": "term_1"})
    assert (len(done["admitted"]), [row["problem"]["code"] for row in done["left_out"]]) == (1, ["head_cap"])
    assert ask(city, done["admitted"][0])["state"] == "requested", "whoever goes does not count against who comes"


@pytest.mark.parametrize(
    ("scope_id", "wanted", "fault"),
    [
        ("programme_9", {}, NotFound),
        ("programme_1", {"lowest": "emperor"}, Invalid),
        ("programme_1", {"lowest": "xianchu", "highest": "xiangke"}, Invalid),
    ],
)
def test_conditions_that_cannot_be_are_refused(
    city: Desk, scope_id: str, wanted: dict[str, Any], fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        put(city, scope_id, **wanted)
    for caller in (DISTRICT, Caller("test:district", frozenset({Role.ORGANISATION_DEPARTMENT}), ("city.donghu",))):
        with pytest.raises(Forbidden):
            city.call(contract.PUT_CONDITIONS, {"scope_id": "term_1", "source": "通知"}, caller=caller)
    levels = city.call(contract.LIST_RANK_LEVELS, {})
    assert (levels["items"][0]["code"], levels["basis"]) == ("staff", "unverified")


def change(
    desk: Desk, nomination_id: str, since: str, post: str = "副处长", rank: str = "四级调研员"
) -> dict[str, Any]:
    request = {
        "nomination_id": nomination_id,
        "post": post,
        "rank": rank,
        "since": since,
        "document": "东组干〔2020〕3号",
    }
    return desk.call(contract.CHANGE_POST, request, caller=DISTRICT)


def test_a_promotion_before_the_opening_changes_the_snapshot_and_one_after_it_does_not(city: Desk) -> None:
    city.file("city.donghu", [line(1)])
    [chosen] = city.accept_all()
    city.call(contract.ADMIT_TERM, {"term_id": "term_1"})
    assert change(city, chosen, "2020-05-12", "处长")["post"] == "科长"
    assert change(city, chosen, "2020-05-11")["post"] == "副处长"
    assert [event.data["in_force"] for event in city.harness.emitted(contract.POST_CHANGED)] == [False, True]
    dossier = city.call(contract.GET_DOSSIER, {"nomination_id": chosen}, caller=DISTRICT)
    assert [(item["post"], item["since"]) for item in dossier["posts"]] == [
        ("科长", "2020-04-01"),
        ("处长", "2020-05-12"),
        ("副处长", "2020-05-11"),
    ]
    city.place("term_1", starts=OPENING + timedelta(days=1), version=2)  # moved: another day counts
    assert shown(city, chosen)["post"] == "处长"


def test_a_change_that_breaks_a_condition_is_for_a_person_to_decide(city: Desk) -> None:
    put(city, highest="xiangke")
    city.file("city.donghu", [line(1)])
    [chosen] = city.accept_all()
    city.call(contract.ADMIT_TERM, {"term_id": "term_1"})
    after = change(city, chosen, "2020-05-01")
    assert (after["state"], after["outcome"], after["needs_human"]) == ("admitted", "refused", True)


def test_nothing_is_changed_in_a_nomination_that_ended(city: Desk) -> None:
    [chosen, _] = attested(city)
    city.call(contract.WITHDRAW_NOMINATION, {"nomination_id": chosen, "reason_code": "work"})
    with pytest.raises(WrongState):
        change(city, chosen, "2020-05-01")


def test_a_dossier_shows_what_else_the_person_attends_and_nobody_elses(city: Desk) -> None:
    city.place("term_9", programme=2, starts=OPENING + timedelta(days=60), capacity=5)
    city.file("city.donghu", [line(1), line(1, programme=2), line(2)])
    at(city, 2020, 4, 2, 9)
    [chosen] = [row["nomination_id"] for row in city.nominations(term_id="term_9")]
    dossier = city.call(contract.GET_DOSSIER, {"nomination_id": chosen})
    assert [item["term_id"] for item in dossier["others"]] == ["term_1"]
    assert (dossier["hours"], dossier["standby"], dossier["posts"]) == (None, None, [])
    with pytest.raises(NotFound):
        city.call(contract.GET_DOSSIER, {"nomination_id": chosen}, caller=unit_caller("city.nanshan"))
