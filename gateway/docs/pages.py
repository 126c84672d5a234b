"""The documents and pages about the interface; open to everybody, for they hold no data."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request

from gateway.docs.catalogue import known_faults
from gateway.faults import RouteUnknown
from gateway.http.replies import encode
from gateway.http.surroundings import language
from gateway.http.validators import is_known
from gateway.parts import here
from shared.contracts.asyncapi import asyncapi_document

docs = Blueprint("docs", __name__)


@docs.get("/api/v1/openapi.json")
def openapi() -> Response:
    """Return the OpenAPI 3.1 document."""
    return _cached("openapi", lambda: current_app.extensions["diaoxun.openapi"])


@docs.get("/api/v1/asyncapi.json")
def asyncapi() -> Response:
    """Return the AsyncAPI 3.0 document."""
    contracts = here().contracts
    return _cached("asyncapi", lambda: asyncapi_document(contracts))


@docs.get("/docs")
def reference() -> str:
    """Show the operations on a page that loads nothing from elsewhere."""
    return render_template("docs/reference.html", contracts=here().contracts)


@docs.get("/problems/<code>")
def problem_page(code: str) -> str:
    """Explain one problem code."""
    fault = known_faults().get(code)
    if fault is None:
        raise RouteUnknown(f"没有代码为“{code[:80]}”的问题类型", f"there is no problem type {code[:80]!r}")
    return render_template("docs/problem.html", fault=fault, tongue=language(request))


def _cached(name: str, make: Any) -> Response:
    kept: dict[str, tuple[bytes, str]] = current_app.extensions.setdefault("diaoxun.documents", {})
    if name not in kept:
        content = encode(make())
        kept[name] = (content, f'"{sha256(content).hexdigest()[:24]}"')
    content, tag = kept[name]
    response = Response(status=304) if is_known(request, tag) else Response(content, mimetype="application/json")
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "public, no-cache"
    return response
