"""What OpenAPI 3.1 says of an operation; apispec turns the schema classes in it into components."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema

from shared.contracts.operation import Operation
from shared.errors import (
    DeadlineExceeded,
    Fault,
    Forbidden,
    Invalid,
    Malformed,
    MediaTypeUnsupported,
    StaleVersion,
    TooLarge,
    TooManyRequests,
    Unauthenticated,
    Unavailable,
)

VERSION = "3.1.0"
PROBLEM = {"$ref": "#/components/schemas/Problem"}
_EVERYWHERE: tuple[type[Fault], ...] = (Malformed, Unauthenticated, Forbidden, Invalid, TooManyRequests)
_OF_BODIES: tuple[type[Fault], ...] = (TooLarge, MediaTypeUnsupported)
_BEYOND: tuple[type[Fault], ...] = (Unavailable, DeadlineExceeded)


def describe_operation(service: str, operation: Operation) -> dict[str, Any]:
    """Return the OpenAPI operation object, with schema classes where apispec puts references."""
    described: dict[str, Any] = {
        "operationId": f"{service}_{operation.name}",
        "summary": f"{operation.summary.zh} / {operation.summary.en}",
        "description": _description(operation),
        "parameters": _parameters(operation),
        "responses": {**_success(operation), **_failures(operation)},
        "x-roles": sorted(operation.roles),
        "x-scopes": [f"{service}:{'read' if operation.kind == 'query' else 'write'}", f"{service}.{operation.name}"],
    }
    body = _body(operation)
    if body:
        described["requestBody"] = body
    if operation.public:
        described["security"] = []
    return described


def rest_of_request(operation: Operation) -> Schema:
    """Return the request schema without the fields that stand in the path."""
    return operation.request(exclude=operation.path_fields) if operation.path_fields else operation.request()


def component_name(schema: Any) -> str:
    """Return the component's name of a schema: ``SchedulingTerm``, and ``…Body`` without the path's fields.

    The service goes before the name because two services may each have a ``Term``.
    """
    kind = schema if isinstance(schema, type) else type(schema)
    place = kind.__module__.split(".")
    owner = place[1] if place[0] == "services" and len(place) > 1 else ""
    name = owner.capitalize() + kind.__name__
    return name + "Body" if isinstance(schema, Schema) and schema.exclude else name


def _description(operation: Operation) -> str:
    lines = []
    if operation.scope:
        lines.append(f"`{operation.scope}` 须在调用方的单位范围内 / has to lie within the caller's units.")
    if operation.errors:
        lines.append("可能的问题代码 / problem codes: " + ", ".join(f"`{fault.code}`" for fault in operation.errors))
    if operation.public:
        lines.append("公开，无需登录 / public: nobody has to log in.")
    else:
        lines.append("允许的角色 / roles: " + ", ".join(f"`{role}`" for role in sorted(operation.roles)))
    return "\n\n".join(lines)


def _parameters(operation: Operation) -> list[Any]:
    found: list[Any] = []
    if operation.path_fields:
        found.append({"in": "path", "schema": operation.request(only=operation.path_fields)})
    if operation.verb in ("GET", "DELETE") and set(operation.request_schema.fields) - set(operation.path_fields):
        found.append({"in": "query", "schema": rest_of_request(operation)})
    headers = ["CorrelationId"]
    if operation.kind == "command":
        headers.insert(0, "IdempotencyKey")
        headers += ["IfMatch"] if operation.versioned else []
    elif not operation.download:
        headers.append("IfNoneMatch")
    return [*found, *headers]  # apispec makes references of the names


def _body(operation: Operation) -> dict[str, Any] | None:
    if operation.verb in ("GET", "DELETE"):
        return None
    if operation.upload:
        others = [name for name in operation.request_schema.fields if name not in operation.path_fields]
        form = operation.request(only=[name for name in others if name != operation.upload] or None)
        parts: dict[str, Any] = {operation.upload: {"type": "string", "format": "binary"}}
        schema: dict[str, Any] = {"type": "object", "properties": parts, "required": [operation.upload]}
        for name, field in form.fields.items():
            if name != operation.upload and name not in operation.path_fields:
                parts[name] = {"type": "string"}
                if field.required:
                    schema["required"].append(name)
        return {"required": True, "content": {"multipart/form-data": {"schema": schema}}}
    rest = rest_of_request(operation)
    if not rest.fields:
        return None
    needed = any(field.required for field in rest.fields.values())
    return {"required": needed, "content": {"application/json": {"schema": rest}}}


def _success(operation: Operation) -> dict[str, Any]:
    if operation.download:
        content: dict[str, Any] = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
        headers: dict[str, Any] = {"Content-Disposition": {"schema": {"type": "string"}}}
    else:
        content = {"application/json": {"schema": operation.reply}}
        headers = {"X-Correlation-ID": {"schema": {"type": "string"}}}
        if operation.kind == "query" or operation.versioned:
            headers["ETag"] = {"schema": {"type": "string"}}
        if "next_cursor" in operation.reply_schema.fields:
            headers["Link"] = {"schema": {"type": "string"}, "description": 'rel="next" (RFC 8288)'}
    found = {str(operation.status): {"description": operation.summary.en, "headers": headers, "content": content}}
    if operation.kind == "query" and not operation.download and not operation.versioned:
        found["304"] = {"description": "If-None-Match 所列副本未变 / unchanged"}
    return found


def _failures(operation: Operation) -> dict[str, Any]:
    stale = (StaleVersion,) if operation.versioned and operation.kind == "command" else ()
    by_status: dict[int, set[str]] = {}
    bodies = () if operation.verb in ("GET", "DELETE") else _OF_BODIES
    for fault in (*_EVERYWHERE, *bodies, *operation.errors, *stale, *_BEYOND):
        by_status.setdefault(fault.status, set()).add(fault.code)
    return {
        str(status): {
            "description": ", ".join(sorted(codes)),
            "content": {"application/problem+json": {"schema": PROBLEM}},
        }
        for status, codes in sorted(by_status.items())
    }
