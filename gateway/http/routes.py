"""One route an operation, made from the contract: nothing about a single operation is written here."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, g, request
from flask_smorest import Blueprint

from gateway.http import surroundings
from gateway.http.admission import admit
from gateway.http.intake import read_request
from gateway.http.replies import respond
from gateway.http.validators import expected_version
from gateway.parts import here
from shared.context import Context
from shared.contracts import Operation, ServiceContract
from shared.contracts.openapi import describe_operation
from shared.contracts.operation import PATH_FIELD
from shared.messaging.permission import admit_content
from shared.security.caller import Caller

PREFIX = "/api/v1"


def blueprint_of(contract: ServiceContract) -> Blueprint:
    """Return the blueprint of a service: a route for each of its operations, described for OpenAPI."""
    blueprint = Blueprint(contract.name, __name__, url_prefix=PREFIX, description=str(contract.title))
    for operation in contract.operations:
        view = _view(contract.name, operation)
        described = blueprint.doc(**describe_operation(contract.name, operation))(view)
        rule = PATH_FIELD.sub(r"<string:\1>", operation.path)
        blueprint.add_url_rule(rule, operation.name, described, methods=[operation.verb])
    return blueprint


def _view(service: str, operation: Operation) -> Callable[..., Response]:
    def view(**in_path: str) -> Response:
        g.operation = f"{service}.{operation.name}"
        caller = admit(request, service, operation)
        return perform(service, operation, caller, in_path)

    view.__name__ = operation.name
    return view


def perform(service: str, operation: Operation, caller: Caller, in_path: dict[str, str]) -> Response:
    """Read, check, call, answer."""
    parts = here()
    plain = read_request(request, operation, in_path, parts.settings)
    admit_content(operation, caller, plain)
    context = Context(
        caller=caller,
        command_id=surroundings.command_id(request, operation, caller),
        expected_version=expected_version(request, operation),
        deadline=surroundings.deadline(request, operation),
        correlation_id=g.correlation_id,
        traceparent=g.traceparent,
        caused_by=g.caused_by,
    )
    reply = parts.rpc.call(service, operation, plain, context)
    return respond(request, operation, reply)
