"""The API object of flask-smorest: routes and the OpenAPI document from one place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Flask
from flask_smorest import Api

from gateway import contract as own
from gateway.http.routes import blueprint_of
from shared.contracts import ServiceContract
from shared.contracts.components import PARAMETERS, PROBLEM_SCHEMA, SECURITY_SCHEMES
from shared.contracts.documented_schemas import DocumentedSchemas
from shared.contracts.openapi import VERSION

API_VERSION = "1.0.0"
_DESCRIPTION = (
    "调训平台接口：年度公务员培训计划从通知到成果的全过程。\n\n"
    "One city's yearly civil-servant training plan, from the notice to the last policy proposal."
)


class _ProblemsElsewhere(Api):  # type: ignore[misc]
    """flask-smorest answers errors in its own shape; ours are problem documents (``gateway/http/problems.py``)."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        pass


def mount(app: Flask, contracts: Iterable[ServiceContract]) -> Api:
    """Put every operation of the contracts, and the gateway's own, under ``/api/v1``; return the documented API."""
    api = _ProblemsElsewhere(
        app,
        spec_kwargs={
            "title": "Diaoxun 调训",
            "version": API_VERSION,
            "openapi_version": VERSION,
            "marshmallow_plugin": DocumentedSchemas(),
            "info": {"description": _DESCRIPTION, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
            "security": [{name: []} for name in SECURITY_SCHEMES],
        },
    )
    for name, scheme in SECURITY_SCHEMES.items():
        api.spec.components.security_scheme(name, scheme)
    for name, parameter in PARAMETERS.items():
        api.spec.components.parameter(name, "header", parameter)
    api.spec.components.schema("Problem", PROBLEM_SCHEMA)
    for contract in (*contracts, own.CONTRACT):
        api.register_blueprint(blueprint_of(contract))
    return api


def document(api: Api) -> dict[str, Any]:
    """Return the whole OpenAPI document."""
    found: dict[str, Any] = api.spec.to_dict()
    for unused in ("ErrorSchema", "PaginationMetadataSchema"):  # flask-smorest's own; no operation of ours has them
        found["components"]["schemas"].pop(unused, None)
    return found
