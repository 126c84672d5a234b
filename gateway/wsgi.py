"""The gateway under gunicorn: ``gunicorn -k gthread -w 2 --threads 16 gateway.wsgi:application``.

``application`` is made when a worker asks for it, after the fork: no socket is shared between processes.
"""

from __future__ import annotations

import atexit
from functools import cache
from typing import Any

from flask import Flask

from gateway.process import GatewayProcess
from shared.config import read_settings


@cache
def _application() -> Flask:
    process = GatewayProcess.open(read_settings())
    process.start()
    atexit.register(process.close)
    return process.app


def __getattr__(name: str) -> Any:
    if name == "application":
        return _application()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
