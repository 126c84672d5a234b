from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from marshmallow import fields

from shared.errors import Forbidden, Invalid, KeyReused, Unavailable
from shared.observability.metrics import REGISTRY
from shared.runtime.testing import Pump, ServiceHarness
from shared.security.caller import Caller, Role
from shared.storage import Store
from tests.fixtures import sample_services as sample

MakeStore = Callable[..., Store]
ITEM = {"unit_id": "city.donghu", "name": "册子", "due_on": "2020-05-11"}


@pytest.fixture
def alpha(make_store: MakeStore) -> ServiceHarness:
    return ServiceHarness(sample.AlphaService, make_store(sample.ALPHA_STORE))


def test_a_command_replies_in_plain_json_and_leaves_its_event(alpha: ServiceHarness) -> None:
    reply = alpha.call(sample.PUT_ITEM, ITEM)
    assert reply["due_on"] == "2020-05-11"
    assert reply["version"] == 1
    (emitted,) = alpha.emitted(sample.ITEM_PUT)
    assert emitted.data == {"item_id": reply["item_id"], "due_on": "2020-05-11"}
    assert emitted.subject == reply["item_id"]
    assert alpha.call(sample.GET_ITEM, {"item_id": reply["item_id"]}) == reply


def test_the_same_command_id_gets_the_same_reply_and_happens_once(alpha: ServiceHarness) -> None:
    first = alpha.call(sample.PUT_ITEM, ITEM, command_id="k1")
    assert alpha.call(sample.PUT_ITEM, ITEM, command_id="k1") == first
    assert len(alpha.emitted()) == 1
    with pytest.raises(KeyReused):
        alpha.call(sample.PUT_ITEM, {**ITEM, "name": "别的"}, command_id="k1")


class WiderPutItem(sample.PutItem):
    """The request as a later release knows it."""

    language = fields.String(load_default="zh")


def test_a_command_is_known_again_by_a_release_whose_request_has_one_more_default(alpha: ServiceHarness) -> None:
    later = replace(sample.PUT_ITEM, request=WiderPutItem)
    first = alpha.call(sample.PUT_ITEM, ITEM, command_id="k1")
    assert alpha.call(later, ITEM, command_id="k1") == first
    assert alpha.call(later, ITEM | {"name": "另册"}, command_id="k2")["item_id"] != first["item_id"]
    assert alpha.call(sample.PUT_ITEM, ITEM | {"name": "另册"}, command_id="k2")["name"] == "另册"
    with pytest.raises(KeyReused):
        alpha.call(later, ITEM | {"language": "en"}, command_id="k1")


def test_a_refused_command_leaves_nothing(alpha: ServiceHarness) -> None:
    alpha.call(sample.PUT_ITEM, ITEM)
    with pytest.raises(sample.ItemTaken):
        alpha.call(sample.PUT_ITEM, ITEM)
    assert len(alpha.call(sample.LIST_ITEMS)["items"]) == 1
    assert len(alpha.take()) == 1
    assert alpha.emitted() == []


@pytest.mark.parametrize(
    ("caller", "fault"),
    [
        (Caller("t", frozenset({Role.TRAINEE}), ("",)), Forbidden),
        (Caller("u", frozenset({Role.UNIT}), ("city.other",)), Forbidden),
        (Caller("k", frozenset({Role.UNIT}), ("city.donghu",), frozenset({"alpha:read"})), Forbidden),
    ],
)
def test_a_call_passes_the_same_checks_as_over_the_broker(
    alpha: ServiceHarness, caller: Caller, fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        alpha.call(sample.PUT_ITEM, ITEM, caller=caller)
    assert alpha.emitted() == []


def test_a_wrong_request_names_its_fields(alpha: ServiceHarness) -> None:
    with pytest.raises(Invalid) as caught:
        alpha.call(sample.PUT_ITEM, {"unit_id": "city", "name": "", "colour": "red"})
    assert set(caught.value.details["fields"]) == {"name", "colour"}


def test_events_and_questions_go_between_services_until_all_is_quiet(
    alpha: ServiceHarness, make_store: MakeStore
) -> None:
    beta = ServiceHarness(sample.BetaService, make_store(sample.BETA_STORE))
    pump = Pump([alpha, beta])
    item = alpha.call(sample.PUT_ITEM, ITEM)

    assert pump.run() == 2
    assert [each.type for each in pump.seen] == ["alpha.item.put.v1", "beta.item.seen.v1"]
    row = beta.kit.store.view(beta.kit.own_context()).rows(sample.SEEN).get(item["item_id"])
    assert row["name"] == "册子"


def test_an_event_delivered_twice_takes_effect_once(alpha: ServiceHarness, make_store: MakeStore) -> None:
    beta = ServiceHarness(sample.BetaService, make_store(sample.BETA_STORE), answers={
        sample.GET_ITEM: {"item_id": "i1", "unit_id": "city", "name": "书", "due_on": "2020-01-02", "version": 1},
    })  # fmt: skip
    for _ in range(2):
        assert beta.deliver(sample.ITEM_PUT, {"item_id": "i1", "due_on": None}, event_id="evt_1") == 1
    assert len(beta.emitted(sample.ITEM_SEEN)) == 1
    assert beta.store.view(beta.kit.own_context()).rows(sample.SEEN).get("i1")["due_on"] == date(2020, 1, 2).isoformat()


def test_a_question_nobody_answers_says_so(make_store: MakeStore) -> None:
    beta = ServiceHarness(sample.BetaService, make_store(sample.BETA_STORE), answers={sample.LIST_ITEMS: {"items": []}})
    with pytest.raises(Unavailable, match="get_item"):
        beta.deliver(sample.ITEM_PUT, {"item_id": "i1", "due_on": None})


def test_a_step_of_long_work_is_not_done_twice(alpha: ServiceHarness) -> None:
    sample.AlphaService.computed.clear()
    alpha.call(sample.PUT_ITEM, ITEM)
    first = alpha.call(sample.TIDY_ITEMS, {}, command_id="tidy-1")
    alpha.call(sample.PUT_ITEM, {**ITEM, "name": "另一本"})
    assert alpha.call(sample.TIDY_ITEMS, {}, command_id="tidy-1") == first == {"count": 1}
    assert sample.AlphaService.computed == [1]


def test_a_slot_of_a_timer_takes_effect_once(alpha: ServiceHarness) -> None:
    slot = datetime(2020, 5, 11, 1, 0, tzinfo=UTC)
    alpha.tick("sweep", slot)
    alpha.tick("sweep", slot)
    assert alpha.store.view(alpha.kit.own_context()).rows(sample.SLOTS).count({}) == 1


def test_an_event_that_comes_again_is_counted_whether_taken_in_at_once_or_by_long_work(
    alpha: ServiceHarness, make_store: MakeStore
) -> None:
    known = {"item_id": "i1", "unit_id": "city", "name": "书", "due_on": "2020-01-02", "version": 1}
    answers = {sample.GET_ITEM: known}
    beta = ServiceHarness(sample.BetaService, make_store(sample.BETA_STORE), answers=answers)
    for harness, event, data in (
        (alpha, sample.ITEM_SEEN, {"item_id": "i1"}),
        (beta, sample.ITEM_PUT, {"item_id": "i1", "due_on": None}),
    ):
        labels = {"service": harness.name, "event": event.type}
        before = REGISTRY.get_sample_value("diaoxun_redeliveries_total", labels) or 0.0
        for _ in range(3):
            harness.deliver(event, data, event_id="evt_9")
        assert REGISTRY.get_sample_value("diaoxun_redeliveries_total", labels) == before + 2
