"""The report of a year and the pages of work, at a desk and on a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.gateway.conftest import Site, log_in
from tests.e2e.gateway.looking import shoot, unnamed

SCREENS = {"desk": {"width": 1366, "height": 768}, "phone": {"width": 375, "height": 740}}


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=SCREENS["desk"], locale="zh-CN")  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def complaints_of(page: Page, site: Site) -> list[str]:
    """Return a list that fills with what a page complains of or asks of other hosts."""
    seen: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith((site.address, "data:")) else seen.append(asked.url))
    page.on("console", lambda message: seen.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen.append(str(error)))
    return seen


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/console/report", "report"),
        ("/console/today", "today"),
        ("/console/plans/plan_2020/year", "year"),
        ("/console/terms/term_1_1", "term"),
        ("/console/terms/term_1_1/timetable", "timetable"),
    ],
)
def test_every_page_fits_its_screen_and_names_its_parts(
    desk: Page, full_site: Site, tmp_path: Path, screen: str, path: str, name: str
) -> None:
    complaints = complaints_of(desk, full_site)
    log_in(desk, full_site, "dangxiao" if name == "timetable" else "zuzhibu")
    desk.set_viewport_size(SCREENS[screen])  # type: ignore[arg-type]
    desk.goto(full_site.address + path)
    expect(desk.get_by_role("heading", level=1)).to_be_visible()
    desk.wait_for_timeout(600)  # charts grow into place
    shoot(desk, f"{name}-{screen}", tmp_path)
    assert desk.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen]["width"]
    assert unnamed(desk) == []
    assert complaints == []


def test_each_drawing_shows_the_rows_under_it(desk: Page, full_site: Site) -> None:
    log_in(desk, full_site)
    desk.goto(f"{full_site.address}/console/report")
    expect(desk.locator(".drawing[_echarts_instance_]")).to_have_count(12)
    drawn = desk.evaluate(
        """() => [...document.querySelectorAll('.drawing')].map((place) => {
          const option = window.echarts.getInstanceByDom(place).getOption();
          const total = option.series.flatMap((each) => each.data)
            .reduce((sum, each) => sum + (Array.isArray(each) ? each[2] : Number(each)), 0);
          const keys = place.dataset.series.split(' ');
          const figure = place.closest('.figure');
          const heads = [...figure.querySelectorAll('th')].map((head) => head.dataset.key);
          const cells = [...figure.querySelectorAll('tbody tr')].flatMap((row) => [...row.cells]
            .filter((cell, number) => keys.includes(heads[number])).map((cell) => Number(cell.dataset.value)));
          return [figure.id, total, cells.reduce((sum, each) => sum + each, 0)];
        })"""
    )
    assert {key: shown for key, shown, _ in drawn} == {key: told for key, _, told in drawn}
    assert all(shown > 0 for _, shown, _ in drawn)
    desk.locator("#quota_use summary").click()
    expect(desk.locator("#quota_use tbody tr")).to_have_count(8)


def test_a_session_is_dragged_to_another_half_day(desk: Page, full_site: Site) -> None:
    complaints = complaints_of(desk, full_site)
    full_site.rpc.answer("change_session", {})
    full_site.rpc.answer("list_session_places", {"term_id": "", "session_id": "", "places": [], "version": 1})
    log_in(desk, full_site, "dangxiao")
    desk.goto(f"{full_site.address}/console/terms/term_1_1/timetable")
    to = desk.locator('td[data-on="2020-05-14"][data-half="afternoon"]')
    with desk.expect_navigation():
        desk.locator("#s-s2").drag_to(to)
    asked = next(request for _, name, request, _ in full_site.rpc.calls if name == "change_session")
    assert asked == {"term_id": "term_1_1", "session_id": "s2", "on": "2020-05-14", "half": "afternoon"}
    assert complaints == []


def test_a_session_that_is_held_shows_what_it_would_break_where(desk: Page, full_site: Site) -> None:
    clash = {
        "code": "lecturer-clash",
        "term_ids": ["term_1_1"],
        "session_ids": ["s2"],
        "words": {"zh": "梁老师当时在另一班授课", "en": "the lecturer teaches another term then"},
    }
    days = ("2020-05-11", "2020-05-12", "2020-05-13", "2020-05-14", "2020-05-15")
    places = [
        {"on": day, "half": half, "broken": [clash] if (day, half) == (days[3], "morning") else [], "mended": 0}
        for day in days
        for half in ("morning", "afternoon", "evening")
    ]
    told = {"term_id": "term_1_1", "session_id": "s2", "places": places, "version": 1}
    full_site.rpc.answer("list_session_places", told)
    log_in(desk, full_site, "dangxiao")
    desk.goto(f"{full_site.address}/console/terms/term_1_1/timetable")
    bad, good = (desk.locator(f'td[data-on="{days[3]}"][data-half="{half}"]') for half in ("morning", "afternoon"))
    desk.locator("#s-s2").hover()
    desk.mouse.down()
    bad.hover()
    expect(bad).to_have_class(re.compile("clash"))
    bad.hover()
    expect(desk.locator(".foretold")).to_have_text("移到这里：梁老师当时在另一班授课")
    good.hover()
    good.hover(position={"x": 20, "y": 20})
    expect(good).to_have_class(re.compile("free"))
    expect(desk.locator(".foretold")).to_have_text("移到这里没有冲突")
    asked = next(request for _, name, request, _ in full_site.rpc.calls if name == "list_session_places")
    assert (asked["term_id"], asked["session_id"]) == ("term_1_1", "s2")
    desk.keyboard.press("Escape")
    desk.mouse.up()


def test_a_session_is_moved_without_a_mouse_or_scripts(browser: Browser, full_site: Site) -> None:
    context = browser.new_context(viewport=SCREENS["desk"], java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    full_site.rpc.answer("change_session", {})
    log_in(page, full_site, "dangxiao")
    page.goto(f"{full_site.address}/console/terms/term_1_1/timetable")
    session = page.locator("#s-s1")
    session.get_by_text("移动").click()
    session.get_by_label("日期").select_option("2020-05-12")
    session.get_by_role("button", name="移到这里").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("课表草稿")
    asked = next(request for _, name, request, _ in full_site.rpc.calls if name == "change_session")
    assert (asked["on"], asked["half"]) == ("2020-05-12", "morning")
    context.close()
