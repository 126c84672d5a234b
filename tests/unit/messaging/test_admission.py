"""What a request must pass before a method sees it."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.errors import DeadlineExceeded, Fault, Forbidden, Invalid, Malformed, Unauthenticated
from shared.messaging import headers, serializer
from shared.messaging.admission import Admission
from shared.messaging.faults import CallTooDeep
from shared.messaging.permission import require_permission
from shared.security.caller import Caller, Role
from shared.security.tokens import CallerTokens
from tests.hosts.sample import ECHO

TOKENS = CallerTokens(("admission-tests-" + "0" * 32,))
UNIT = Caller("unit", frozenset({Role.UNIT}), ("jiangcheng.donghu",))
ADMISSION = Admission("sample", TOKENS, max_depth=5)


TRACE = f"00-{'a' * 32}-{'b' * 16}-01"


def ask(kwargs: Any = None, args: Any = (), caller: Caller | None = UNIT, **more: Any) -> Any:
    sent = {headers.PREFIX + name: value for name, value in more.items()}
    if caller is not None:
        sent[headers.CALLER] = TOKENS.sign(caller)
    return ADMISSION.admit(ECHO, serializer.encode({"args": list(args), "kwargs": kwargs or {}}), sent)


def test_a_good_request_is_loaded_and_its_context_kept() -> None:
    deadline = datetime.now(UTC) + timedelta(seconds=5)
    call = ask(
        {"text": "hi", "day": "2020-05-11"},
        deadline=deadline.isoformat(),
        depth=2,
        command_id="cmd",
        expected_version="7",
        traceparent=TRACE,
        correlation_id="req",
    )
    assert call.request["day"].isoformat() == "2020-05-11"
    context = call.context
    assert (context.caller, context.depth, context.command_id, context.expected_version) == (UNIT, 2, "cmd", 7)
    assert (context.deadline, context.caused_by, context.correlation_id) == (deadline, TRACE, "req")
    assert str(context.traceparent).split("-")[1] == TRACE.split("-")[1]
    assert context.traceparent != TRACE
    assert 0 < call.seconds_left() <= 5


def test_one_object_as_the_only_argument_is_a_request_too() -> None:
    assert ask(args=[{"text": "hi"}]).request == {"text": "hi"}


def test_a_public_operation_is_open_to_a_caller_without_any_role() -> None:
    anybody = Caller("anonymous", frozenset())
    with pytest.raises(Forbidden):
        require_permission("sample", ECHO, anybody)
    require_permission("sample", dataclasses.replace(ECHO, public=True, scope=None, citywide=False), anybody)


def test_a_public_operation_has_no_scope() -> None:
    with pytest.raises(ValueError, match="reaches no unit"):
        dataclasses.replace(ECHO, public=True, scope="text")


def test_without_a_deadline_the_operations_own_time_holds() -> None:
    assert 0 < ask().seconds_left() <= ECHO.timeout


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"deadline": "2020-05-11T00:00:00+00:00"}, DeadlineExceeded),
        ({"deadline": "tomorrow"}, Malformed),
        ({"deadline": "2099-05-11T00:00:00"}, Malformed),
        ({"depth": 6}, CallTooDeep),
        ({"depth": "deep"}, Malformed),
        ({"expected_version": "newest"}, Malformed),
        ({"caller": None}, Unauthenticated),
        ({"kwargs": {"text": 5}}, Invalid),
        ({"kwargs": {"colour": "red"}}, Invalid),
        ({"args": ["positional"]}, Invalid),
        ({"args": [{"text": "x"}], "kwargs": {"text": "y"}}, Invalid),
        ({"kwargs": {"unit_id": "jiangcheng.hanyang"}}, Forbidden),
        ({"kwargs": {"unit_id": "jiangcheng.donghuxi"}}, Forbidden),
        ({"caller": Caller("t", frozenset({Role.TRAINEE}))}, Forbidden),
        ({"caller": Caller("both", frozenset({Role.UNIT, Role.TRAINEE}), ("",))}, Forbidden),
        ({"caller": Caller("key", frozenset({Role.UNIT}), ("",), frozenset({"sample:write"}))}, Forbidden),
    ],
)
def test_a_bad_request_is_refused_with_the_fault_that_names_it(sent: dict[str, Any], fault: type[Fault]) -> None:
    with pytest.raises(fault) as refused:
        ask(**sent)
    assert type(refused.value) is fault
    assert refused.value.message.zh
    assert refused.value.message.en


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"args": []}', b"\xff"])
def test_a_body_that_is_no_request_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        ADMISSION.admit(ECHO, body, {headers.CALLER: TOKENS.sign(UNIT)})


def test_what_concerns_the_whole_city_is_refused_to_a_caller_for_a_part_of_it() -> None:
    citywide = dataclasses.replace(ECHO, citywide=True)
    require_permission("sample", citywide, Caller("city", frozenset({Role.UNIT}), ("",)))
    for units in ((), ("jiangcheng.donghu",)):
        with pytest.raises(Forbidden, match="全市"):
            require_permission("sample", citywide, Caller("part", frozenset({Role.UNIT}), units))
