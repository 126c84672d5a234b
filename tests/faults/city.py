"""A whole city in processes of its own: a broker node, a store, five services, gateways, and faulty lines between."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from gateway.store import SCHEMA
from shared.plugins.settings import PluginSettings
from shared.runtime.clocks import FileClock
from shared.security.signing import SigningKeys
from shared.storage import Store
from tests.faults.lines import FaultyLine
from tests.faults.processes import GatewayProcess, Keeper
from tests.faults.store_line import StoreLine
from tests.faults.target import BEGINNING, SERVICES, START_SECONDS, issue_keys, redeliveries
from tests.fixtures.broker import BrokerNode, wait_until
from tests.fixtures.runner_process import FIELD_KEYS, SECRET, Place, RunnerProcess
from tests.fixtures.store import StoreServer

_RUNNER = "tests.faults.service_process"
_COMPLAINTS = 20


class FaultCity:
    """Everything of one city; each part can be broken and is started again by its keeper."""

    field_keys = FIELD_KEYS

    def __init__(
        self,
        folder: Path,
        gateways: int = 1,
        replicas: int = 1,
        plugins: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
        **environment: str,
    ) -> None:
        self.folder = folder
        for name in ("broker", "store", "run"):
            (folder / name).mkdir()
        self.node = BrokerNode(folder / "broker")
        self.store = StoreServer(folder / "store")
        self._gateways, self._replicas, self._plugins, self._extra = gateways, replicas, plugins, environment
        self.keeper = Keeper()
        self._hand = ThreadPoolExecutor(1)
        self.services: dict[str, RunnerProcess] = {}
        self.gateways: list[GatewayProcess] = []

    def start(self) -> FaultCity:
        """Bring everything up and wait until all of it is ready."""
        self.node.start()
        self.store.start()
        self.broker_line = FaultyLine(self.node.port)
        self.store_line = StoreLine(self.store.port)
        self.place = Place(
            f"amqp://guest:guest@127.0.0.1:{self.broker_line.port}//",
            f"mongodb://127.0.0.1:{self.store_line.port}/?directConnection=true",
            self.folder / "run",
        )
        self.place.environment |= {
            "DIAOXUN_CLOCK": "settable",
            "DIAOXUN_CLOCK_START": BEGINNING,
            "DIAOXUN_GATEWAY_RATE": "10000",
            "DIAOXUN_GATEWAY_BURST": "20000",
            "DIAOXUN_FAULTS": str(self.faults),
            "DIAOXUN_DISABLED_PLUGINS": "report_passed",  # few of a wave write a report, and all are to complete
            "DIAOXUN_SIGNING_KEYS": f"c1:{SigningKeys.new_key()}",
            **self._extra,
        }
        self.var.mkdir(exist_ok=True)
        self.clock = FileClock(self.var / "settings" / "clock.json", datetime.fromisoformat(BEGINNING))
        for plugin, config in self._plugins.items():
            PluginSettings(self.var / "settings" / "plugins.json").configure(plugin, config)
        self.keeper.start()
        for name in SERVICES:
            for number in range(self._replicas):
                self.start_service(name if number == 0 else f"{name}.{number + 1}")
        for _ in range(self._gateways):
            self.gateways.append(GatewayProcess(self.folder / "run", self.place.environment))
        for number, gateway in enumerate(self.gateways):
            gateway.start()
            self.keeper.keep(f"gateway.{number + 1}", gateway)
        self.wait_ready()
        return self

    @property
    def var(self) -> Path:
        return Path(self.place.environment["DIAOXUN_VAR"])

    @property
    def faults(self) -> Path:
        """Where a test tells the processes which handler is to fail; see ``service_process``."""
        return self.folder / "faults.json"

    @property
    def store_uri(self) -> str:
        """The store without a line in between: for looking, not for the processes."""
        return f"mongodb://127.0.0.1:{self.store.port}/?directConnection=true"

    @property
    def broker_uri(self) -> str:
        """The broker without a line in between."""
        return self.node.uri

    @property
    def urls(self) -> list[str]:
        """Where its gateways answer."""
        return [gateway.url for gateway in self.gateways]

    @property
    def prefix(self) -> str:
        """Of its databases."""
        return self.place.prefix

    def restarts(self) -> int:
        """Return how often its keeper started something again."""
        return sum(self.keeper.restarts.values())

    def redelivered(self) -> dict[int, float]:
        """Return by process how many events came to it which had been taken in before."""
        found = {}
        for name, each in self.services.items():
            if name not in self.keeper.away:
                said = _metrics(each)
                found[each.process.pid] = redeliveries(said)
        return found

    def said(self) -> Iterator[tuple[str, str]]:
        """Yield every log, and the measures of whoever answers."""
        for log in sorted((self.folder / "run").glob("*.log")):
            yield log.name, log.read_text("utf-8", errors="replace")
        for name, each in self.services.items():
            yield f"measures of {name}", each.get("/metrics")[1]

    def complaints(self) -> Iterator[str]:
        """Yield what the processes logged as their own errors, the last of each: the logs go with the city."""
        for log in sorted((self.folder / "run").glob("*.log")):
            lines = log.read_text("utf-8", errors="replace").splitlines()
            found = [line for line in lines if '"level": "error"' in line or '"level": "critical"' in line]
            yield from (f"{log.name}: {line}" for line in found[-_COMPLAINTS:])

    def start_service(self, name: str) -> None:
        """Start a service (``enrollment``) or a further replica of one (``enrollment.2``), and keep it running."""
        if name not in self.services:
            self.services[name] = self.place.runner(name.partition(".")[0], module=_RUNNER)
        self.services[name].start("--migrate")
        self.keeper.keep(name, self.services[name])

    def stop_service(self, name: str) -> int:
        """Stop a service in order, to stay away, and return its exit code."""
        self.keeper.let_go(name)
        return self.services[name].stop()

    def kill_service(self, name: str) -> None:
        """End a service as a power cut would; its keeper starts it again."""
        self.services[name].process.kill()

    def wait_ready(self, seconds: float = START_SECONDS) -> None:
        """Wait until every service and every gateway is ready for work."""
        for name, each in self.services.items():
            if name not in self.keeper.away:
                wait_until(each.ready_again, seconds, f"{name} is ready; see {each.log}")
        for gateway in self.gateways:
            gateway.wait_ready(seconds)

    def keys(self) -> dict[str, str]:
        """Issue a key for the organisers, the school and each unit."""
        return issue_keys(self.open_store(), SECRET)

    def open_store(self) -> Store:
        """Return the gateway's store."""
        return self.place.store(SCHEMA)

    def restart_broker(self, *, in_order: bool = False) -> None:
        """Stop or kill the broker and start it again on its data."""
        if in_order:
            self.node.stop()
        else:
            self.node.kill()
        self.node.start()

    def restart_store(self) -> None:
        """Kill the store and start it again on its data."""
        port = self.store.port
        self.store.kill()
        # It ends with the thread that started it, so a thread that lives as long as the city does that.
        self._hand.submit(self.store.start, port).result()

    def close(self) -> None:
        """End everything that was started here."""
        self.keeper.close()
        for gateway in self.gateways:
            gateway.kill()
        if hasattr(self, "place"):
            for each in self.services.values():
                each.kill()
        for line in ("broker_line", "store_line"):
            if hasattr(self, line):
                getattr(self, line).take_down()
        self.node.kill()
        self.store.kill()
        self._hand.shutdown()


@contextlib.contextmanager
def running_city(**options: Any) -> Iterator[FaultCity]:
    """Give a running city, and clear it away. ``options`` are those of ``FaultCity``."""
    folder = Path(tempfile.mkdtemp(prefix="diaoxun-faults-"))
    city = FaultCity(folder, **options)
    try:
        yield city.start()
    except BaseException:
        print("\n".join(city.complaints()))
        raise
    finally:
        city.close()
        shutil.rmtree(folder, ignore_errors=True)


def _metrics(service: RunnerProcess) -> str:
    """Read the metrics of a service, as soon as it answers."""
    said: list[str] = []

    def read() -> bool:
        status, body = service.get("/metrics")
        said.append(body)
        return status == 200

    wait_until(read, START_SECONDS, f"metrics; see {service.log}")
    return said[-1]
