"""The gateway's WSGI application."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from gateway.console.certificate import certificate
from gateway.console.pages import console
from gateway.console.work_pages import work
from gateway.docs.pages import docs
from gateway.events.sse import sse
from gateway.feeds import feeds
from gateway.http import guards, problems
from gateway.http.api import document, mount
from gateway.http.health import health
from gateway.http.safe_headers import SafeHeaders
from gateway.parts import Parts
from gateway.personal.pages import personal
from gateway.report.pages import report


def create_app(parts: Parts) -> Flask:
    """Return the application that serves ``parts`` (see ``gateway.wiring.put_together``)."""
    app = Flask("gateway", static_url_path="/static")
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False  # else ..%2f in a path is answered by the way to another address
    app.extensions["diaoxun"] = parts
    guards.install(app)
    problems.install(app)
    api = mount(app, parts.contracts)
    app.extensions["diaoxun.openapi"] = document(api)
    for pages in (health, sse, docs, feeds, console, work, report, certificate, personal):
        app.register_blueprint(pages)
    app.wsgi_app = SafeHeaders(app.wsgi_app, https=parts.settings.secure_cookies)  # type: ignore[method-assign]
    if parts.settings.trusted_proxies:
        hops = parts.settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app
