"""Who may call what: the one check of role, scope, content and reach, for RPC entrypoints and in-process tests."""

from __future__ import annotations

from typing import Any

from shared.contracts import Operation
from shared.contracts.schema import load
from shared.errors import Forbidden, Malformed
from shared.security.caller import Caller


def admit(service: str, operation: Operation, caller: Caller, raw: Any) -> dict[str, Any]:
    """Return the request as the contract's schema loads it, for a caller who may make it.

    Raises ``Forbidden`` (role, scope or unit), ``Malformed`` (not a JSON object), ``Invalid`` (wrong fields).
    """
    require_permission(service, operation, caller)
    return admit_content(operation, caller, raw)


def require_permission(service: str, operation: Operation, caller: Caller) -> None:
    """Raise ``Forbidden`` unless roles, scopes and reach of the caller open the operation, whatever is asked.

    A public operation is open to everybody.
    """
    if operation.public:
        return
    if not caller.holds(operation.roles):
        raise Forbidden(
            f"您的角色（{_listed(caller.roles)}）不能进行“{operation.summary.zh}”，需要：{_listed(operation.roles)}",
            f"your roles ({_listed(caller.roles)}) do not open {operation.name!r}: it takes {_listed(operation.roles)}",
            operation=operation.name,
        )
    if not caller.in_scope(service, operation.name, operation.kind):
        needed = f"{service}:{'read' if operation.kind == 'query' else 'write'} / {service}.{operation.name}"
        raise Forbidden(
            f"所用密钥的授权范围不含“{operation.summary.zh}”，请换用有 {needed} 授权的密钥",
            f"the scopes of this key do not open {operation.name!r}; use a key that has {needed}",
            operation=operation.name,
        )
    if operation.citywide and not caller.reaches_whole_city():
        reach = ", ".join(caller.units) or "-"
        raise Forbidden(
            f"“{operation.summary.zh}”涉及全市事项，只对全市范围的账号或密钥开放；您的范围：{reach}",
            f"{operation.name!r} concerns the whole city and takes a caller who reaches all of it; you reach {reach}",
            operation=operation.name,
        )


def admit_content(operation: Operation, caller: Caller, raw: Any) -> dict[str, Any]:
    """Return the loaded request. Raises ``Malformed``, ``Invalid``, and ``Forbidden`` for a unit out of reach."""
    if not isinstance(raw, dict):
        raise Malformed(
            f"请求内容应为 JSON 对象，实际为 {type(raw).__name__}",
            f"the request must be a JSON object, it is a {type(raw).__name__}",
        )
    request = load(operation.request_schema, raw)
    units = request.get(operation.scope) if operation.scope else None
    for unit in units if isinstance(units, (list, tuple)) else [] if units is None else [units]:
        caller.require_reach(str(unit))
    return request


def _listed(roles: frozenset[Any]) -> str:
    return ", ".join(sorted(roles)) or "-"
