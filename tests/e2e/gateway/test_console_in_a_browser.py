from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.gateway.conftest import Site, log_in
from tests.e2e.gateway.looking import shoot
from tests.unit.gateway.city_year import admitted_event

SCREEN = {"width": 1366, "height": 768}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=SCREEN, locale="zh-CN")  # type: ignore[arg-type]
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    yield opened
    context.close()


def test_the_year_is_seen_at_a_glance_on_a_small_laptop(page: Page, site: Site, tmp_path: Path) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    log_in(page, site)
    chart = page.locator(".chart svg")
    expect(chart).to_be_visible()
    box = chart.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] + box["height"] <= SCREEN["height"], "the whole chart has to be seen without scrolling"
    assert page.locator(".chart .name").count() == 10
    assert page.locator(".chart .term").count() == 23
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREEN["width"]
    assert _overlapping(page) == []
    picture = shoot(page, "console-overview", tmp_path, whole=False)
    expect(page.locator(".wishes")).to_contain_text("优先月份")
    shoot(page, "console-overview-whole", tmp_path)
    assert len(picture) > 40_000
    assert complaints == []


def _overlapping(page: Page) -> list[str]:
    """Return the texts of the chart that cover each other or stick out of it."""
    found: list[str] = page.evaluate(
        """() => {
          const frame = document.querySelector('.chart svg').getBoundingClientRect();
          const all = [...document.querySelectorAll('.line text')];
          const texts = all.map(t => [t.textContent, t.getBoundingClientRect()]);
          const bad = texts.filter(([, r]) => r.left < frame.left - 1 || r.right > frame.right + 1).map(([t]) => t);
          texts.forEach(([a, r], i) => texts.slice(i + 1).forEach(([b, s]) => {
            const wide = Math.min(r.right, s.right) - Math.max(r.left, s.left);
            const high = Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top);
            if (wide > 1 && high > 3) bad.push(a + ' × ' + b);
          }));
          return bad;
        }"""
    )
    return found


def test_an_event_appears_in_the_open_page_and_the_chart_follows(page: Page, site: Site, tmp_path: Path) -> None:
    log_in(page, site)
    expect(page.locator("#pulse")).to_be_visible()
    before = page.locator("#news li").count()
    site.rpc.answers["term_fill"] = lambda _: {"items": []}
    site.log.append([admitted_event(99, "term_6_2")])
    expect(page.locator("#news li").first).to_contain_text("第6班 第2期 · 东湖区委")
    assert page.locator("#news li").count() == before + 1
    expect(page.locator(".figures .lead dd")).to_contain_text("0人")
    expect(page.locator("#term_1_1 .number").last).to_have_text("0")
    shoot(page, "console-live", tmp_path)


def test_a_chart_that_did_not_come_is_asked_for_again(page: Page, site: Site) -> None:
    log_in(page, site)
    expect(page.locator("#pulse")).to_be_visible()
    page.route("**/console/chart*", lambda route: route.abort(), times=1)
    site.rpc.answers["term_fill"] = lambda _: {"items": []}
    site.log.append([admitted_event(99, "term_6_2")])
    expect(page.locator(".figures .lead dd")).to_contain_text("0人", timeout=30_000)


def test_everything_can_be_read_without_scripts(browser: Browser, site: Site, tmp_path: Path) -> None:
    context = browser.new_context(viewport=SCREEN, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    log_in(page, site)
    expect(page.locator(".chart .term")).to_have_count(23)
    expect(page.locator("#news li")).to_have_count(7)
    expect(page.locator(".table tbody tr")).to_have_count(23)
    expect(page.locator("#term_1_1")).to_contain_text("48")
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", name="登录控制台")).to_be_visible()
    shoot(page, "console-login", tmp_path)
    context.close()


def test_a_wrong_password_is_told_on_the_form(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/console/login")
    page.get_by_label("账号").fill("zuzhibu")
    page.get_by_label("密码", exact=True).fill("wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("不正确")
    expect(page.get_by_label("账号")).to_have_value("zuzhibu")


def test_the_reference_page_works_under_its_own_policy(page: Page, site: Site, tmp_path: Path) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{site.address}/docs")
    expect(page.locator(".opblock-tag").first).to_be_visible()
    page.locator(".opblock-tag", has_text="gateway").click()
    shoot(page, "docs", tmp_path)
    assert complaints == []
