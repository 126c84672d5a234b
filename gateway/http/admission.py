"""May this caller call this operation at all?"""

from __future__ import annotations

from typing import Any

from flask import Request, g

from gateway.parts import here
from shared.contracts import Operation
from shared.contracts.schema import load
from shared.errors import Forbidden, Unauthenticated
from shared.security.caller import Caller

NOBODY = "anonymous"


def admit(http: Request, service: str, operation: Operation, public: bool) -> Caller:
    """Return the caller. Raises ``Unauthenticated``, ``TooManyRequests`` or ``Forbidden``.

    Who has not shown who he is spends from the tokens of his address, so guessing keys is slow.
    """
    parts = here()
    if public:
        parts.limiter.spend(f"address:{http.remote_addr}")
        return Caller(subject=NOBODY, roles=frozenset())
    try:
        identified = parts.identity.identify(http)
    except Unauthenticated:
        parts.limiter.spend(f"address:{http.remote_addr}")
        raise
    g.session = identified.session
    g.subject = identified.caller.subject
    parts.limiter.spend(identified.caller.subject)
    require_permission(service, operation, identified.caller)
    return identified.caller


def require_permission(service: str, operation: Operation, caller: Caller) -> None:
    """Raise ``Forbidden`` unless roles and scopes open the operation, whatever the request holds."""
    if not caller.holds(operation.roles):
        raise Forbidden(
            f"当前身份的角色不能执行“{operation.summary.zh}”，所有角色都须在此之列：{'、'.join(sorted(operation.roles))}",
            f"your roles do not allow {operation.name}; every role you have must be one of: "
            f"{', '.join(sorted(operation.roles))}",
            operation=f"{service}.{operation.name}",
        )
    if not caller.in_scope(service, operation.name, operation.kind):
        access = "read" if operation.kind == "query" else "write"
        raise Forbidden(
            f"接口密钥未获授权执行“{operation.summary.zh}”，需要 {service}:{access} 或 {service}.{operation.name}",
            f"the API key is not scoped to {operation.name}; it needs {service}:{access} or {service}.{operation.name}",
            operation=f"{service}.{operation.name}",
        )


def admit_content(operation: Operation, caller: Caller, plain: dict[str, Any]) -> None:
    """Hold a request against its schema and the caller's units. Raises ``Invalid`` or ``Forbidden``."""
    loaded = load(operation.request_schema, plain)
    named = loaded.get(operation.scope) if operation.scope else None
    for unit_id in named if isinstance(named, (list, tuple)) else (named,):
        if unit_id is not None:
            caller.require_reach(str(unit_id))
