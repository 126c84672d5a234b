"""What gunicorn is told besides its arguments: the workers' numbers are one gateway's, and go with it."""

from __future__ import annotations

import os
import shutil
from typing import Any

from prometheus_client import multiprocess

from gateway.http.measures import FOLDER


def child_exit(server: Any, worker: Any) -> None:
    """Take a worker that ended out of the numbers that say what is now; what it counted stays counted."""
    if os.environ.get(FOLDER):
        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:
    """Clear the numbers away with the gateway."""
    if folder := os.environ.get(FOLDER):
        shutil.rmtree(folder, ignore_errors=True)
