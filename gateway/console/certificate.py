"""The page behind the QR code of a certificate: whether it holds, for anybody with a telephone."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.wrappers import Response

from gateway.console.asking import Asking
from gateway.http.admission import NOBODY
from gateway.parts import here
from shared.security.caller import Caller

certificate = Blueprint("certificate", __name__)

_UNKNOWN = {"verdict": "unknown", "said": {"zh": "没有这样的证书，请核对后再试", "en": "there is no such certificate"}}


@certificate.get("/certificate")
def by_code() -> Response:
    """Show the form for serial and code, and what they lead to."""
    given = {name: request.args.get(name, "").strip()[:60] for name in ("serial", "code")}
    return _page(given if all(given.values()) else {}, given)


@certificate.get("/certificate/<signed>")
def by_signature(signed: str) -> Response:
    """Show whether the certificate with this signed text holds."""
    return _page({"signed": signed}, {})


def _page(asked: dict[str, str], given: dict[str, str]) -> Response:
    verdict: dict[str, Any] | None = None
    asking = Asking(Caller(subject=NOBODY, roles=frozenset()))
    if asked:
        here().limiter.spend(f"address:{request.remote_addr}")
        verdict = asking.ask("notification", "verify_certificate", **asked)
        if asking.refused:  # longer than any code or signature is: nothing that could be asked for
            verdict = _UNKNOWN
    page = render_template("console/certificate.html", session=None, verdict=verdict, asked=bool(asked), given=given)
    response = make_response(page, 503 if asked and verdict is None else 200)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
