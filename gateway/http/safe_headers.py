"""Headers that keep browsers safe, on every response, added below Flask because they never differ."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Everything a page needs comes from this host, and nothing runs that is not a file of ours.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = [
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
]
_HTTPS_ONLY = ("Strict-Transport-Security", "max-age=31536000")


class SafeHeaders:
    """A WSGI layer; ``https`` also tells browsers to come back by https only. What a page says itself stands."""

    def __init__(self, app: WSGIApplication, https: bool) -> None:
        self._app = app
        self._added = [*_HEADERS, _HTTPS_ONLY] if https else _HEADERS

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer with the headers added."""

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            said = {name.lower() for name, _ in headers}
            return start_response(
                status, headers + [each for each in self._added if each[0].lower() not in said], exc_info
            )

        return self._app(environ, start)
