"""``/feeds/<token>.ics``: what a calendar program meets at the gateway."""

from __future__ import annotations

import base64

import pytest
from flask.testing import FlaskClient

from gateway.http.rate import RateLimiter
from shared.errors import NotFound
from tests.unit.gateway.fakes import FakeRpc, application
from tests.unit.gateway.invented import CONTRACT

CONTENT = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
TOKEN = "dxf_" + "a" * 43


@pytest.fixture
def anybody(rpc: FakeRpc) -> FlaskClient:
    content = base64.b64encode(CONTENT).decode()
    rpc.answer("read_feed", {"filename": "term-t1.ics", "media_type": "text/calendar", "content": content})
    return application(CONTRACT, rpc).test_client()


def test_a_calendar_program_gets_the_file_without_logging_in(anybody: FlaskClient, rpc: FakeRpc) -> None:
    answer = anybody.get(f"/feeds/{TOKEN}.ics")
    assert (answer.status_code, answer.data) == (200, CONTENT)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('inline; filename="term-t1.ics"')
    assert answer.headers["Cache-Control"] == "private, max-age=300"
    assert (rpc.request, rpc.context.caller.roles) == ({"token": TOKEN}, frozenset())


def test_who_has_the_calendar_already_is_told_so(anybody: FlaskClient) -> None:
    tag = anybody.get(f"/feeds/{TOKEN}.ics").headers["ETag"]
    again = anybody.get(f"/feeds/{TOKEN}.ics", headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Cache-Control"] == "private, max-age=300"
    assert anybody.get(f"/feeds/{TOKEN}.ics", headers={"If-None-Match": '"other"'}).status_code == 200
    assert anybody.head(f"/feeds/{TOKEN}.ics").headers["ETag"] == tag


def test_a_token_that_opens_nothing_is_not_found(anybody: FlaskClient, rpc: FakeRpc) -> None:
    rpc.fail("read_feed", NotFound("没有", "none"))
    assert anybody.get(f"/feeds/{TOKEN}.ics").status_code == 404
    assert anybody.get("/feeds/.ics").status_code == 404
    asked = len(rpc.calls)
    assert anybody.get(f"/feeds/{'x' * 500}.ics").status_code == 422
    assert anybody.get(f"/feeds/{TOKEN}").status_code == 404
    assert len(rpc.calls) == asked


def test_tokens_cannot_be_tried_out_fast(rpc: FakeRpc) -> None:
    rpc.fail("read_feed", NotFound("没有", "none"))
    client = application(CONTRACT, rpc, RateLimiter(0.001, 3)).test_client()
    answers = [client.get(f"/feeds/dxf_{number:043}.ics").status_code for number in range(5)]
    assert answers == [404, 404, 404, 429, 429]
    assert len(rpc.calls) == 3
