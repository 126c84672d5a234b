from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pylopdf_fonts_zh_cn
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from gateway.administration import bootstrap
from gateway.app import create_app
from gateway.events.log import EventLog
from gateway.settings import GatewaySettings
from gateway.store import SCHEMA
from gateway.wiring import put_together
from shared.clock import SettableClock
from shared.contracts import ServiceContract
from shared.plugins import PluginSettings, Registry
from shared.runtime.directory import installed_contracts
from shared.security.caller import Role
from shared.storage import Store
from tests.unit.gateway.city_year import ENROLLMENT, SCHEDULING, admitted_event, city_rpc
from tests.unit.gateway.fakes import SECRET, FakeRpc
from tests.unit.gateway.office import answer_for_an_office
from tests.unit.gateway.person import answer_for_a_lecturer, answer_for_a_trainee
from tests.unit.gateway.whole_year import answer_for_a_year

PASSWORD = "correct horse battery"
expect.set_options(timeout=30_000)  # as long as everything else of Playwright waits


@dataclass
class Site:
    """A gateway that a browser can visit."""

    address: str
    log: EventLog
    rpc: FakeRpc


def log_in(page: Page, site: Site, username: str = "zuzhibu") -> None:
    """Log in by the form."""
    page.goto(f"{site.address}/console")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/console")


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A headless Chromium that knows Chinese characters: fonts come from PyPI, not from the machine."""
    folder = tmp_path_factory.mktemp("fonts")
    fonts = Path(pylopdf_fonts_zh_cn.__file__).parent
    config = folder / "fonts.conf"
    config.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{escape(str(fonts))}</dir>'
        f"<dir>/usr/share/fonts</dir><cachedir>{escape(str(folder))}</cachedir></fontconfig>"
    )
    with sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            env={"FONTCONFIG_FILE": str(config), "HOME": str(folder)},
        )
        yield started
        started.close()


@pytest.fixture
def site(make_store: Callable[..., Store]) -> Iterator[Site]:
    """The console over invented services."""
    with _serving(make_store, [SCHEDULING, ENROLLMENT], city_rpc()) as served:
        yield served


@pytest.fixture
def full_site(make_store: Callable[..., Store]) -> Iterator[Site]:
    """The gateway with the contracts of all services, over answers made up for those who run the plan."""
    rpc = city_rpc()
    answer_for_an_office(rpc)
    answer_for_a_year(rpc)
    with _serving(make_store, installed_contracts(Registry(PluginSettings()).discover()).contracts, rpc) as served:
        yield served


@pytest.fixture
def personal_site(make_store: Callable[..., Store]) -> Iterator[Site]:
    """The same over answers made up for a trainee and a lecturer."""
    rpc = city_rpc()
    answer_for_a_trainee(rpc)
    answer_for_a_lecturer(rpc)
    with _serving(make_store, installed_contracts(Registry(PluginSettings()).discover()).contracts, rpc) as served:
        yield served


@contextmanager
def _serving(make_store: Callable[..., Store], contracts: Sequence[ServiceContract], rpc: FakeRpc) -> Iterator[Site]:
    clock = SettableClock(datetime(2020, 4, 20, 2, 0, tzinfo=UTC))
    store = make_store(SCHEMA, clock=clock)
    settings = GatewaySettings(secrets=(SECRET,), secure_cookies=False, rate=10_000, burst=10_000)
    parts = put_together(settings, contracts, rpc, store, clock)
    bootstrap.ensure_account(store, clock, "zuzhibu", PASSWORD, "市委组织部", [Role.ORGANISATION_DEPARTMENT])
    bootstrap.ensure_account(store, clock, "dangxiao", PASSWORD, "党校教务处", [Role.PARTY_SCHOOL])
    assert parts.stream is not None
    parts.stream.log.append([admitted_event(number, f"term_{number}_1") for number in range(1, 8)])
    server = make_server("127.0.0.1", 0, create_app(parts), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.port}", parts.stream.log, rpc)
    parts.stream.close()
    server.shutdown()
    thread.join(10)
    server.server_close()
