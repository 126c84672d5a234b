"""Letters that wait for a signature, and who says that they came."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from services.notification import contract
from services.notification.store import DEADLINES
from services.scheduling.contract import TERM_CANCELLED
from shared.context import Context
from shared.errors import Forbidden, Invalid, NotFound
from shared.security.caller import Caller, Role, service_caller
from tests.fixtures.store import MakeStore
from tests.integration.notification.notification_city import TERM, UNIT, City

CLERK = Caller("acct_clerk", frozenset({Role.UNIT}), (UNIT,))
ELSEWHERE = Caller("acct_elsewhere", frozenset({Role.UNIT}), ("jiangcheng.nanshan",))
SCHOOL = Caller("acct_school", frozenset({Role.PARTY_SCHOOL}), ("",))


def trainee(nomination_id: str) -> Caller:
    return Caller(f"trainee:{nomination_id}", frozenset({Role.TRAINEE}))


@pytest.fixture
def city(make_store: MakeStore, tmp_path: Path) -> City:
    made = City(make_store, tmp_path)
    made.place_term()
    return made


def letters(city: City, caller: Caller | None = None, **wanted: object) -> list[dict[str, Any]]:
    request = {"limit": 200, **wanted}
    items: list[dict[str, Any]] = city.harness.call(contract.LIST_LETTERS, request, caller=caller)["items"]
    return items


def let_sign_off(city: City, *kinds: str) -> None:
    for issuer in city.harness.call(contract.LIST_ISSUERS)["items"]:
        if issuer["kind"] in kinds:
            issuer.pop("version")
            city.harness.call(contract.PUT_ISSUER, {**issuer, "sign_off": True})


def issue(city: City, *names: str) -> list[str]:
    city.admit(*names)
    city.roster_admitted()
    return city.settle()


class TestSignOff:
    def test_a_letter_that_needs_it_is_printed_and_stays_until_it_is_signed(self, city: City) -> None:
        let_sign_off(city, "transfer")
        events = issue(city, "张伟")
        (transfer,) = letters(city, kind="transfer")
        assert (transfer["state"], transfer["sign_off"], transfer["acknowledgement"]) == ("printed", True, None)
        assert events.count("notification.batch.printed.v1") == 1
        assert [path.split("/")[1] for path in city.outbox] == ["入学通知书"]
        assert city.harness.call(contract.GET_LETTER_FILE, {"letter_id": transfer["letter_id"]})["content"]
        assert city.harness.call(contract.LIST_DELIVERIES, {"letter_id": transfer["letter_id"]})["items"] == []

    def test_signed_off_in_bulk_they_go_out_once(self, city: City) -> None:
        let_sign_off(city, "transfer", "admission")
        issue(city, "张伟", "李娜")
        assert city.outbox == []
        report = city.harness.call(contract.SIGN_OFF_LETTERS, {"term_id": TERM})
        assert (report["done"], report["left"]) == (3, 0)
        assert {letter["signed_off_by"] for letter in letters(city)} == {"test:organiser"}
        assert city.settle() == [
            "notification.letters.issued.v1",
            "notification.batch.signed-off.v1",
            "notification.letters.delivered.v1",
        ]
        assert len(city.outbox) == 3
        again = city.harness.call(contract.SIGN_OFF_LETTERS, {"term_id": TERM})
        assert (again["done"], again["left"]) == (0, 0)

    def test_what_does_not_wait_is_reported_row_by_row(self, city: City) -> None:
        let_sign_off(city, "transfer")
        issue(city, "张伟")
        (transfer,) = letters(city, kind="transfer")
        (notice,) = letters(city, kind="admission")
        ids = [notice["letter_id"], transfer["letter_id"], transfer["letter_id"]]
        report = city.harness.call(contract.SIGN_OFF_LETTERS, {"letter_ids": ids})
        assert [(row["done"], row["state"]) for row in report["items"]] == [(False, "issued"), (True, "issued")]
        assert report["items"][0]["problem"]["code"] == "notification.letter-not-waiting"

    def test_a_superseded_or_void_letter_is_not_signed(self, city: City) -> None:
        let_sign_off(city, "transfer")
        issue(city, "张伟")
        (old,) = letters(city, kind="transfer")
        issue(city, "李娜")
        report = city.harness.call(contract.SIGN_OFF_LETTERS, {"letter_ids": [old["letter_id"]]})
        assert "已被新函替换" in report["items"][0]["problem"]["message"]["zh"]
        new = next(letter for letter in letters(city, kind="transfer") if letter["supersedes"])
        city.harness.call(contract.VOID_LETTER, {"letter_id": new["letter_id"], "reason": "措辞不当，退回重拟"})
        assert city.harness.call(contract.SIGN_OFF_LETTERS, {"term_id": TERM})["done"] == 0
        assert [path.split("/")[1] for path in city.outbox] == ["入学通知书"] * 2

    def test_only_the_organisation_department_signs_and_a_request_names_something(self, city: City) -> None:
        for caller in (CLERK, SCHOOL):
            with pytest.raises(Forbidden):
                city.harness.call(contract.SIGN_OFF_LETTERS, {"term_id": TERM}, caller=caller)
        with pytest.raises(Invalid):
            city.harness.call(contract.SIGN_OFF_LETTERS, {})


class TestAcknowledgement:
    def test_it_is_due_in_working_days_and_before_the_people_report(self, city: City) -> None:
        issue(city, "张伟")  # Monday 2020-05-11, report on 2020-06-07
        due = {letter["kind"]: letter["acknowledgement"]["due_on"] for letter in letters(city)}
        assert due == {"transfer": "2020-05-14", "admission": "2020-05-18"}
        city.place_term(term_id="term_2", starts_on="2020-05-14", ends_on="2020-05-15", reports_on="2020-05-13")
        city.admit("李娜", term_id="term_2")
        city.roster_admitted(term_id="term_2")
        city.settle()
        assert {each["acknowledgement"]["due_on"] for each in letters(city, term_id="term_2")} == {"2020-05-12"}

    def test_the_unit_acknowledges_the_whole_roster_at_once(self, city: City) -> None:
        issue(city, "张伟", "李娜")
        request = {"term_id": TERM, "unit_id": UNIT}
        done = city.harness.call(contract.ACKNOWLEDGE_ROSTER, request, caller=CLERK)
        assert (done["acknowledged"], done["late"], done["already"]) == (3, 0, 0)
        assert city.settle() == ["notification.letter.acknowledged.v1"] * 3
        again = city.harness.call(contract.ACKNOWLEDGE_ROSTER, request, caller=CLERK)
        assert (again["acknowledged"], again["already"]) == (0, 3)
        (unit,) = city.harness.call(contract.LIST_ACKNOWLEDGEMENTS, {"term_id": TERM}, caller=CLERK)["items"]
        assert (unit["received"], unit["awaited"], unit["due_on"]) == (3, 0, None)

    def test_a_trainee_sees_and_acknowledges_only_the_own_notice(self, city: City) -> None:
        issue(city, "张伟", "李娜")
        me = trainee("nomination_1")
        (mine,) = letters(city, caller=me)
        assert mine["nomination_id"] == "nomination_1"
        assert city.harness.call(contract.GET_LETTER_FILE, {"letter_id": mine["letter_id"]}, caller=me)["content"]
        (other,) = letters(city, caller=trainee("nomination_2"))
        for operation in (contract.GET_LETTER, contract.GET_LETTER_FILE, contract.ACKNOWLEDGE_LETTER):
            with pytest.raises(NotFound):
                city.harness.call(operation, {"letter_id": other["letter_id"]}, caller=me)
        done = city.harness.call(contract.ACKNOWLEDGE_LETTER, {"letter_id": mine["letter_id"]}, caller=me)
        assert (done["acknowledgement"]["way"], done["acknowledgement"]["by"]) == ("personal_link", me.subject)
        with pytest.raises(contract.AlreadyAcknowledged):
            city.harness.call(contract.ACKNOWLEDGE_LETTER, {"letter_id": mine["letter_id"]}, caller=me)
        assert [each["letter_id"] for each in letters(city, acknowledgement="received")] == [mine["letter_id"]]

    def test_staff_note_who_told_them_and_units_elsewhere_cannot(self, city: City) -> None:
        issue(city, "张伟")
        (transfer,) = letters(city, kind="transfer")
        named = {"letter_id": transfer["letter_id"]}
        with pytest.raises(Invalid):
            city.harness.call(contract.ACKNOWLEDGE_LETTER, named, caller=SCHOOL)
        with pytest.raises(NotFound):
            city.harness.call(contract.ACKNOWLEDGE_LETTER, named, caller=ELSEWHERE)
        with pytest.raises(Forbidden):
            city.harness.call(contract.ACKNOWLEDGE_ROSTER, {"term_id": TERM, "unit_id": UNIT}, caller=ELSEWHERE)
        done = city.harness.call(contract.ACKNOWLEDGE_LETTER, {**named, "note": "办公室王海来电"}, caller=SCHOOL)
        assert done["acknowledgement"]["way"] == "phone"

    def test_what_has_not_gone_out_or_no_longer_holds_is_not_acknowledged(self, city: City) -> None:
        let_sign_off(city, "transfer")
        issue(city, "张伟")
        (waiting,) = letters(city, kind="transfer")
        with pytest.raises(contract.LetterNotPrinted):
            city.harness.call(contract.ACKNOWLEDGE_LETTER, {"letter_id": waiting["letter_id"]}, caller=CLERK)
        issue(city, "李娜")
        with pytest.raises(contract.LetterClosed):
            city.harness.call(contract.ACKNOWLEDGE_LETTER, {"letter_id": waiting["letter_id"]}, caller=CLERK)

    def test_a_day_late_is_late_by_the_services_clock(self, city: City) -> None:
        issue(city, "张伟")
        (transfer,) = letters(city, kind="transfer")
        (notice,) = letters(city, kind="admission")
        # Set, not moved: what issuing took on a busy machine is no part of the day.
        city.clock.set(datetime(2020, 5, 14, 16, 0, tzinfo=UTC))  # midnight in the city, the due day is over
        done = city.harness.call(contract.ACKNOWLEDGE_LETTER, {"letter_id": transfer["letter_id"]}, caller=CLERK)
        assert done["acknowledgement"]["late"]
        done = city.harness.call(contract.ACKNOWLEDGE_LETTER, {"letter_id": notice["letter_id"]}, caller=CLERK)
        assert not done["acknowledgement"]["late"]

    def test_a_cancelled_term_waits_for_nothing(self, city: City) -> None:
        issue(city, "张伟")
        cancelled = {"term_id": TERM, "plan_id": "plan_1", "reason": "疫情防控", "version": 2}
        city.harness.deliver(TERM_CANCELLED, cancelled)
        view = city.store.view(Context(service_caller("notification")))
        assert [row["state"] for row in view.rows(DEADLINES).find()] == ["cancelled"]
