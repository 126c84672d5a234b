"""One service as a process, as ``diaoxun serve`` runs it, but with a short ladder of retries."""

import shared.runtime.patched  # noqa: F401, I001  # P21: before anything else

import sys

from shared.config import read_settings
from shared.observability.logs import configure_logs
from shared.runtime.hosting import build_runner
from shared.runtime.runner import run

RETRIES = (0.5, 2.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0)


def main() -> int:
    names = [name for name in sys.argv[1:] if not name.startswith("--")]
    settings = read_settings()
    configure_logs("+".join(names), settings.log_level)
    return run(build_runner(names, settings, config={"retry_delays": RETRIES}), settings, "--migrate" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
