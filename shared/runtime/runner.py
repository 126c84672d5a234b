"""``python -m shared.runtime.runner SERVICE…``: one process with one or more services, until it is told to stop."""

import shared.runtime.patched  # noqa: F401, I001  # P21: before anything else

import argparse
import logging
import sys
import time
from collections.abc import Sequence

from shared.config import Settings, SettingsInvalid, read_settings
from shared.errors import Fault, Unavailable
from shared.observability.logs import configure_logs
from shared.plugins import PluginFailed, PluginMissing
from shared.runtime.hosting import Runner, StoreUnprepared, build_runner
from shared.runtime.stop_signals import FORCED, StopSignals
from shared.runtime.waiting import StopAsked
from shared.storage.migrations import SchemaMismatch

_log = logging.getLogger("diaoxun.runner")

STOPPED = 0
UNREACHABLE = 69
DIED = 70
MISCONFIGURED = 78
_LOOK_SECONDS = 0.1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run services and return the process's exit code.

    0 stopped in order · 69 broker or database not there in time · 70 a service died · 75 stopped by force ·
    78 wrong settings, unknown service or unprepared database.
    """
    parser = argparse.ArgumentParser(prog="diaoxun serve")
    parser.add_argument("services", nargs="+")
    parser.add_argument("--migrate", action="store_true")
    given = parser.parse_args(arguments)
    try:
        settings = read_settings()
        configure_logs("+".join(given.services), settings.log_level, settings.log_format)
        runner = build_runner(given.services, settings)
    except (SettingsInvalid, PluginMissing, PluginFailed) as fault:
        return _said(fault, MISCONFIGURED)
    return run(runner, settings, given.migrate)


def run(runner: Runner, settings: Settings, migrate: bool) -> int:
    """Start a runner, wait for a signal or a death, stop it, and return the exit code."""
    signals = StopSignals(settings.stop_seconds)
    signals.install()
    try:
        runner.start(migrate=migrate, stop_asked=lambda: signals.asked)
    except StopAsked:
        return _close(runner, signals, STOPPED)
    except (StoreUnprepared, SchemaMismatch) as fault:
        return _close(runner, signals, _said(fault, MISCONFIGURED))
    except Unavailable as fault:
        return _close(runner, signals, _said(fault, UNREACHABLE))
    except OSError as error:
        _log.error("the side port %s:%d cannot be used: %s", settings.side_host, settings.side_port, error)
        return _close(runner, signals, MISCONFIGURED)
    while not signals.asked:
        dead = runner.dead()
        if dead:
            _log.error("services died: %s", ", ".join(dead))
            return _close(runner, signals, DIED)
        time.sleep(_LOOK_SECONDS)
    return _close(runner, signals, STOPPED)


def _close(runner: Runner, signals: StopSignals, code: int) -> int:
    if not signals.asked:
        signals.ask()
    try:
        graceful = runner.stop()
    except Exception:
        _log.exception("the stop itself failed")
        return code or DIED
    return code if graceful else code or FORCED


def _said(fault: Fault, code: int) -> int:
    sys.stderr.write(f"{fault.message.zh}\n{fault.message.en}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
