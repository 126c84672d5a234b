"""P19: faults cross the wire by code; whatever else breaks stays inside."""

from __future__ import annotations

import pytest

from shared import errors
from shared.errors import Conflict, Fault, RemoteFault, fault_from_wire
from shared.messaging import serializer
from shared.messaging.faults import CallTooDeep, PublishFailed, TopologyChanged, UnknownOperation
from shared.messaging.rpc_reply import reply_body

KINDS = sorted(
    {
        kind
        for kind in (*vars(errors).values(), CallTooDeep, PublishFailed, TopologyChanged, UnknownOperation)
        if isinstance(kind, type) and issubclass(kind, Fault) and kind not in (Fault, RemoteFault)
    },
    key=lambda kind: kind.code,
)


def carried(error: Exception) -> dict[str, object]:
    envelope: dict[str, object] = serializer.decode(reply_body(None, error))["error"]
    return envelope


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_p19_each_fault_arrives_as_itself_with_words_and_details(kind: type[Fault]) -> None:
    sent = kind("名额不足", "too few places", places=3)
    envelope = carried(sent)
    arrived = fault_from_wire(envelope["fault"])  # type: ignore[arg-type]
    assert type(arrived) is kind
    assert arrived.message == sent.message
    assert arrived.details == {"places": 3}
    assert {"exc_type", "exc_path", "exc_args", "value"} <= envelope.keys()


def test_p19_an_unexpected_error_says_nothing_of_itself() -> None:
    envelope = carried(RuntimeError("password hunter2 at 10.0.0.3"))
    assert "hunter2" not in str(envelope)
    assert "RuntimeError" not in str(envelope)
    assert envelope["exc_type"] == "RemoteFault"


def test_p19_details_that_json_has_no_word_for_do_not_stop_the_answer() -> None:
    envelope = carried(Conflict("冲突", "conflict", what=object()))
    assert envelope["exc_type"] == "RemoteFault"


def test_p19_a_code_nobody_knows_here_becomes_opaque() -> None:
    arrived = fault_from_wire({"code": "from-the-future", "message": {"zh": "内", "en": "inner"}})
    assert type(arrived) is RemoteFault
    assert "inner" not in str(arrived)
