from __future__ import annotations

from shared.context import Context
from shared.observability.trace import new_traceparent
from shared.security.caller import Caller, Role
from tests.fixtures import sample_services as sample
from tests.fixtures.broker import wait_until
from tests.fixtures.runner_process import Place
from tests.fixtures.span_collector import collecting

ORGANISER = Caller("test:organiser", frozenset({Role.ORGANISATION_DEPARTMENT}), ("",))


def test_one_trace_leads_from_the_call_through_events_and_questions_to_the_last_handler(place: Place) -> None:
    """alpha's operation → its event → beta's handler → beta asks alpha; beta's event → alpha's handler."""
    asked = new_traceparent()
    with collecting() as collector:
        runner = place.runner("alpha", "beta", DIAOXUN_OTLP_URL=collector.url).start("--migrate").wait_ready()
        client = place.client()
        try:
            context = Context(ORGANISER, command_id="c1", traceparent=asked)
            client.call("alpha", sample.PUT_ITEM, {"unit_id": "city", "name": "一"}, context)
        finally:
            client.close()
        names = ("put_item", "alpha.item.put.v1", "get_item", "beta.item.seen.v1")
        wait_until(lambda: all(collector.named(name) for name in names), 30, "all spans have come")
        assert runner.stop() == 0
    put, heard, got, seen = (collector.named(name) for name in names)
    assert put
    assert heard
    assert got
    assert seen
    assert {each.trace for each in (put, heard, got, seen)} == {asked.split("-")[1]}
    assert put.parent == asked.split("-")[2]
    assert [each.parent for each in (heard, got, seen)] == [put.span, heard.span, heard.span]
    assert [each.service for each in (put, heard, got, seen)] == ["alpha", "beta", "alpha", "alpha"]
