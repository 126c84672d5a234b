"""Asking another service from inside a service: as the service itself, within the deadline that is left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from shared.context import Context
from shared.contracts import Operation
from shared.errors import DeadlineExceeded
from shared.runtime.equipment import Equipment
from shared.security.caller import service_caller


def ask(
    asker: str, equipment: Equipment, context: Context | None, operation: Operation, request: dict[str, Any]
) -> dict[str, Any]:
    """Call ``operation`` of whatever service answers it and return its reply as the reply schema loads it.

    ``request`` holds Python values as the request schema knows them; ``context`` is that of the work at hand. Raises
    the ``Fault`` the other service answered, ``DeadlineExceeded``, ``Unavailable``.
    """
    service = equipment.directory.service_of(operation)
    plain: dict[str, Any] = operation.request_schema.dump(request)
    reply = equipment.asking.call(service, operation, plain, _context(asker, context, operation))
    loaded: dict[str, Any] = operation.reply_schema.load(reply)
    return loaded


def _context(asker: str, context: Context | None, operation: Operation) -> Context:
    now = datetime.now(UTC)
    deadline = now + timedelta(seconds=operation.timeout)
    if context is not None and context.deadline is not None:
        deadline = min(deadline, context.deadline)
    if deadline <= now:
        raise DeadlineExceeded(
            f"处理时限已过，不再询问“{operation.name}”",
            f"the deadline has passed, {operation.name!r} was not asked any more",
        )
    return Context(
        caller=service_caller(asker),
        deadline=deadline,
        correlation_id=context.correlation_id if context else None,
        traceparent=context.traceparent if context else None,
        depth=context.depth if context else 0,
    )
