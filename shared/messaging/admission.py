"""What a request must pass before a service method sees it: time, depth, caller, role, scope, form, reach."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.contracts.operation import Operation
from shared.errors import DeadlineExceeded, Invalid, Malformed
from shared.messaging import headers, serializer
from shared.messaging.call import Call
from shared.messaging.faults import CallTooDeep
from shared.messaging.permission import admit_content, require_permission
from shared.observability import metrics
from shared.security.caller import Caller
from shared.security.tokens import CallerTokens

DEFAULT_MAX_DEPTH = 5
_REMEMBERED = 2048
_REMEMBER_SECONDS = 5.0


class KnownTokens:
    """Checks tokens, remembering a good one for five seconds: callers send the same token many times."""

    def __init__(self, tokens: CallerTokens) -> None:
        self._tokens = tokens
        self._known: OrderedDict[str, tuple[float, Caller]] = OrderedDict()

    def check(self, token: Any) -> Caller:
        """Return the caller. Raises ``Unauthenticated``."""
        if not isinstance(token, str):
            return self._tokens.check(None)
        now = time.monotonic()
        known = self._known.get(token)
        if known is not None and known[0] > now:
            return known[1]
        caller = self._tokens.check(token)
        self._known[token] = (now + _REMEMBER_SECONDS, caller)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return caller


class Admission:
    """Turns a raw request into a ``Call`` or a fault."""

    def __init__(self, service: str, tokens: CallerTokens, max_depth: int = DEFAULT_MAX_DEPTH) -> None:
        self._service = service
        self._tokens = KnownTokens(tokens)
        self._max_depth = max_depth

    def admit(self, operation: Operation, body: bytes | str, message_headers: Mapping[str, Any]) -> Call:
        """Check everything that can be checked without the service's own data."""
        deadline, left = self._time(operation, message_headers)
        depth = headers.number_of(message_headers, headers.DEPTH) or 0
        if depth > self._max_depth:  # P15: a ring of services would otherwise hold all workers of each other
            raise CallTooDeep(
                f"服务间调用已嵌套 {depth} 层，超过上限 {self._max_depth}；请检查是否循环调用",
                f"services called each other {depth} levels deep, the limit is {self._max_depth}; look for a ring",
                depth=depth,
                limit=self._max_depth,
            )
        caller = self._tokens.check(message_headers.get(headers.CALLER))
        require_permission(self._service, operation, caller)
        request = admit_content(operation, caller, _arguments(body))
        return Call(
            operation=operation,
            request=request,
            context=headers.context_of(message_headers, caller, deadline),
            ends_at=time.monotonic() + left,
        )

    def _time(self, operation: Operation, message_headers: Mapping[str, Any]) -> tuple[datetime, float]:
        now = datetime.now(UTC)
        deadline = headers.deadline_of(message_headers) or now + timedelta(seconds=operation.timeout)
        left = (deadline - now).total_seconds()
        if left <= 0:  # P5: whoever asked has gone
            metrics.DEADLINES_PASSED.labels(self._service, operation.name).inc()
            raise DeadlineExceeded(
                f"请求 {operation.name} 到达时已超过期限，未执行；请重新发起",
                f"the request {operation.name} came after its deadline and was not run; ask again",
                operation=operation.name,
            )
        return deadline, left


def _arguments(body: bytes | str) -> Any:
    try:
        payload = serializer.decode(body)
    except ValueError:
        raise _malformed("不是 UTF-8 JSON", "not UTF-8 JSON") from None
    try:
        args, kwargs = payload["args"], payload["kwargs"]
    except (KeyError, TypeError):
        raise _malformed("缺少 args 或 kwargs", "args or kwargs is missing") from None
    if not args and isinstance(kwargs, dict):
        return kwargs
    if not kwargs and isinstance(args, list) and len(args) == 1 and isinstance(args[0], dict):
        return args[0]
    raise Invalid(
        "请以命名参数，或以单个对象传递请求",
        "give the request as named arguments or as one object",
    )


def _malformed(zh: str, en: str) -> Malformed:
    return Malformed(f"无法读取请求：{zh}", f"the request cannot be read: {en}")
