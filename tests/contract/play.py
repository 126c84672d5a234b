"""Plays one scenario in a patched process and prints its result: ``python -m tests.contract.play MODULE:NAME URI``."""

from __future__ import annotations

import warnings

warnings.simplefilter("ignore")

import eventlet  # noqa: E402

eventlet.monkey_patch()

import json  # noqa: E402
import logging  # noqa: E402
import sys  # noqa: E402
from importlib import import_module  # noqa: E402

from tests.contract.stage import Stage  # noqa: E402


def main() -> None:
    """Run the scenario and print what it returns as one line of JSON."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    module, _, name = sys.argv[1].partition(":")
    scenario = getattr(import_module(f"tests.contract.messaging.{module}"), name)
    with Stage(sys.argv[2]) as stage, eventlet.Timeout(60):
        result = scenario(stage)
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
