from __future__ import annotations

from shared.context import Context
from shared.observability.trace import child_traceparent, context_at_hand, new_traceparent, trace_id, working_on
from shared.security.caller import service_caller


def test_a_child_stays_in_its_trace_with_a_span_of_its_own() -> None:
    parent = new_traceparent()
    child = child_traceparent(parent)
    assert trace_id(child) == trace_id(parent)
    assert child != parent


def test_a_malformed_or_empty_parent_begins_a_new_trace() -> None:
    for wrong in (
        None,
        "",
        "00-xyz",
        "00-" + "0" * 32 + "-" + "1" * 16 + "-01",
        "01-" + "a" * 32 + "-" + "b" * 16 + "-01",
    ):
        assert trace_id(child_traceparent(wrong)) not in (None, "0" * 32)


def test_the_context_at_hand_ends_with_its_block() -> None:
    context = Context(service_caller("alpha"))
    assert context_at_hand() is None
    with working_on(context):
        assert context_at_hand() is context
    assert context_at_hand() is None
