"""A trainee's and a lecturer's page on a telephone: readable, nothing sticks out, everything has a name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.security.caller import Role
from shared.security.links import PersonalLinks
from tests.e2e.gateway.conftest import Site
from tests.e2e.gateway.looking import shoot, unnamed
from tests.unit.gateway.fakes import SECRET

PHONE = {"width": 375, "height": 740}


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, locale="zh-CN", has_touch=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def come(page: Page, site: Site, role: Role, identifier: str) -> list[str]:
    """Open the link and return what the page asked of other hosts, and what it complained of."""
    seen: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith(site.address) else seen.append(asked.url))
    page.on("console", lambda message: seen.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen.append(str(error)))
    token = PersonalLinks((SECRET,)).issue(role, identifier, timedelta(days=30))
    page.goto(f"{site.address}/my/{token}")
    assert page.url == f"{site.address}/my", "the address bar holds no secret"
    return seen


def test_a_trainee_does_everything_from_a_telephone(phone: Page, personal_site: Site, tmp_path: Path) -> None:
    complaints = come(phone, personal_site, Role.TRAINEE, "nom_1")
    expect(phone.get_by_role("heading", name="推进国家治理体系")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert unnamed(phone) == []
    shoot(phone, "my-trainee", tmp_path)
    personal_site.rpc.answer("acknowledge_my_briefing", {})
    phone.get_by_role("link", name="请阅读并确认纪律提醒").click()
    phone.get_by_role("button", name="我已阅读并遵守").click()
    expect(phone.get_by_role("status")).to_have_text("已确认")
    personal_site.rpc.answer("request_my_leave", {})
    phone.get_by_text("申请请假").click()
    phone.get_by_label("说明").fill("门诊")
    shoot(phone, "my-trainee-leave", tmp_path)
    phone.get_by_role("button", name="提交申请").click()
    expect(phone.get_by_role("status")).to_have_text("请假申请已提交")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    asked = next(request for _, name, request, _ in personal_site.rpc.calls if name == "request_my_leave")
    assert (asked["first_on"], asked["first_half"], asked["reason"]) == ("2020-06-08", "morning", "门诊")
    assert complaints == []


def test_a_lecturer_declines_and_names_a_colleague(phone: Page, personal_site: Site, tmp_path: Path) -> None:
    complaints = come(phone, personal_site, Role.LECTURER, "wen")
    expect(phone.get_by_role("heading", name="文教授")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert unnamed(phone) == []
    shoot(phone, "my-lecturer", tmp_path)
    personal_site.rpc.answer("answer_invitation", {})
    invitation = phone.locator(".item", has_text="治理现代化").first
    invitation.get_by_text("不能授课").click()
    invitation.get_by_label("原因").fill("当日有会议")
    invitation.get_by_label("推荐替代教师").select_option("liang")
    invitation.get_by_role("button", name="谢绝").click()
    expect(phone.get_by_role("status")).to_have_text("答复已登记，谢谢")
    asked = next(request for _, name, request, _ in personal_site.rpc.calls if name == "answer_invitation")
    assert (asked["answer"], asked["substitute_id"], asked["reason"]) == ("decline", "liang", "当日有会议")
    assert complaints == []


def test_the_page_is_read_and_used_without_scripts(browser: Browser, personal_site: Site) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    come(page, personal_site, Role.TRAINEE, "nom_1")
    personal_site.rpc.answer("acknowledge_letter", {})
    page.get_by_role("button", name="回执：已收到").click()
    expect(page.get_by_role("status")).to_have_text("回执已登记")
    context.close()
