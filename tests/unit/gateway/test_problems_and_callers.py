from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from gateway.http.rate import RateLimiter
from shared.errors import DeadlineExceeded, NotFound, Unavailable
from shared.security.caller import Caller
from tests.unit.gateway.fakes import FakeRpc, application
from tests.unit.gateway.invented import CONTRACT

PROBLEM_FIELDS = {
    "type", "title", "status", "detail", "instance", "code", "message", "details", "correlation_id",
}  # fmt: skip


def test_a_fault_of_a_service_becomes_a_problem_document(web: FlaskClient, rpc: FakeRpc) -> None:
    rpc.fail("get_book", NotFound("没有编号为 b1 的图书", "there is no book b1", book_id="b1"))
    answer = web.get("/api/v1/books/b1", headers={"X-Correlation-ID": "c-1"})
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.json == {
        "type": "/problems/not-found",
        "title": "未找到",
        "status": 404,
        "detail": "没有编号为 b1 的图书",
        "instance": "/api/v1/books/b1",
        "code": "not-found",
        "message": {"zh": "没有编号为 b1 的图书", "en": "there is no book b1"},
        "details": {"book_id": "b1"},
        "correlation_id": "c-1",
    }
    assert web.get(answer.json["type"]).status_code == 200


def test_the_instance_of_a_problem_is_an_address(web: FlaskClient, rpc: FakeRpc) -> None:
    rpc.fail("get_book", NotFound("没有", "none"))
    assert web.get("/api/v1/books/甲 乙%22").json["instance"] == "/api/v1/books/%E7%94%B2%20%E4%B9%99%22"


def test_a_problem_repeats_no_number_of_a_person(web: FlaskClient, rpc: FakeRpc) -> None:
    number = "11010119900307425x"
    rpc.fail("get_book", NotFound(f"没有编号为 {number} 的图书", f"there is no book {number}", book_id=number))
    told = web.get(f"/api/v1/books/{number}")
    assert told.json["details"] == {"book_id": "•••"}
    assert number not in told.text


@pytest.mark.parametrize(
    ("wanted", "title"),
    [("en", "Not found"), ("en-US,en;q=0.9,zh;q=0.1", "Not found"), ("zh-CN,en;q=0.5", "未找到"), ("fr", "未找到")],
)
def test_the_readers_language_is_spoken(web: FlaskClient, rpc: FakeRpc, wanted: str, title: str) -> None:
    rpc.fail("get_book", NotFound("没有", "none"))
    assert web.get("/api/v1/books/b1", headers={"Accept-Language": wanted}).json["title"] == title


def test_every_kind_of_failure_is_a_problem(web: FlaskClient, rpc: FakeRpc) -> None:
    rpc.fail("get_book", RuntimeError("password=hunter2 at /srv/secret.py"))
    failures = {
        500: web.get("/api/v1/books/b1"),
        404: web.get("/api/v1/nowhere"),
        405: web.put("/api/v1/books/b1"),
        415: web.patch("/api/v1/books/b1", data=b"x", content_type="text/plain"),
        401: web.get("/api/v1/books/b1", headers={"Authorization": "Bearer nobody"}),
    }
    for status, answer in failures.items():
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
        assert set(answer.json) == PROBLEM_FIELDS
        assert web.get(answer.json["type"]).status_code == 200
    assert "hunter2" not in failures[500].text
    assert "secret.py" not in failures[500].text
    assert set(failures[405].headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "PATCH", "DELETE"}
    assert failures[401].headers["WWW-Authenticate"].startswith("Bearer")


def test_temporary_failures_say_when_to_come_back(web: FlaskClient, rpc: FakeRpc) -> None:
    rpc.fail("get_book", Unavailable("暂停", "away", retry_after=9))
    assert web.get("/api/v1/books/b1").headers["Retry-After"] == "9"
    rpc.fail("get_book", DeadlineExceeded("超时", "too late"))
    assert web.get("/api/v1/books/b1").status_code == 504


def test_a_caller_above_its_rate_waits_and_others_do_not(rpc: FakeRpc) -> None:
    time = [0.0]
    limiter = RateLimiter(rate=1, burst=2, monotonic=lambda: time[0])
    web = application(CONTRACT, rpc, limiter).test_client()

    def ask(who: str) -> int:
        answer = web.get("/api/v1/books/b1", headers={"Authorization": f"Bearer {who}"})
        assert (answer.status_code == 429) == ("Retry-After" in answer.headers)
        return answer.status_code

    assert [ask("department"), ask("department"), ask("department")] == [200, 200, 429]
    assert ask("donghu") == 200
    time[0] = 1.0
    assert [ask("department"), ask("department")] == [200, 429]


def test_guessing_credentials_spends_the_addresss_tokens(rpc: FakeRpc) -> None:
    web = application(CONTRACT, rpc, RateLimiter(0.001, 3)).test_client()
    answers = [web.get("/api/v1/books/b1", headers={"Authorization": f"Bearer x{n}"}).status_code for n in range(5)]
    assert answers == [401, 401, 401, 429, 429]


def test_a_public_operation_takes_anybody_as_nobody_within_the_addresss_rate(rpc: FakeRpc) -> None:
    web = application(CONTRACT, rpc, RateLimiter(0.001, 3)).test_client()
    rpc.answer("find_card", {"bytes": 1})
    headers = [{}, {"Authorization": "Bearer department"}, {"Authorization": "Bearer nobody"}, {}]
    answers = [web.get("/api/v1/cards/b1", headers=each).status_code for each in headers]
    assert answers == [200, 200, 200, 429]
    assert rpc.context.caller == Caller("anonymous", frozenset())


def call(web: FlaskClient, who: str, verb: str, path: str, **body: object) -> int:
    sent = {"json": body} if verb == "PATCH" else {}
    return web.open(path, method=verb, headers={"Authorization": f"Bearer {who}"}, **sent).status_code


def test_a_role_opens_only_its_operations(web: FlaskClient) -> None:
    assert call(web, "department", "DELETE", "/api/v1/books/b1") == 200
    assert call(web, "donghu", "DELETE", "/api/v1/books/b1") == 403


def test_two_roles_intersect_and_never_widen(web: FlaskClient) -> None:
    assert call(web, "both", "GET", "/api/v1/books/b1") == 403


def test_a_key_without_the_scope_is_refused_and_told_which_it_needs(web: FlaskClient, rpc: FakeRpc) -> None:
    assert call(web, "reader", "GET", "/api/v1/books/b1") == 200
    answer = web.patch("/api/v1/books/b1", json={}, headers={"Authorization": "Bearer reader"})
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")
    assert "library:write / library.change_book" in answer.json["detail"]
    assert [name for _, name, *_ in rpc.calls] == ["get_book"]


@pytest.mark.parametrize(
    ("unit_id", "status"),
    [
        ("jiangcheng.donghu", 200),
        ("jiangcheng.donghu.health", 200),
        ("jiangcheng.donghu2", 403),
        ("jiangcheng", 403),
        ("jiangcheng.xihu", 403),
        ("", 403),
    ],
)
def test_a_unit_reaches_its_own_subtree_only(web: FlaskClient, rpc: FakeRpc, unit_id: str, status: int) -> None:
    assert call(web, "donghu", "GET", f"/api/v1/books?unit_id={unit_id}") == status
    assert call(web, "donghu", "PATCH", "/api/v1/books/b1", unit_id=unit_id) == status
    assert len(rpc.calls) == (2 if status == 200 else 0)


def test_answers_carry_headers_that_keep_browsers_safe(web: FlaskClient) -> None:
    for path in ("/api/v1/books/b1", "/docs", "/api/v1/nowhere"):
        headers = web.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "script-src 'self';" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Strict-Transport-Security"].startswith("max-age=")


def test_readiness_names_what_failed_and_nothing_else(web: FlaskClient) -> None:
    parts = web.application.extensions["diaoxun"]
    assert web.get("/livez").json == {"status": "alive"}
    assert web.get("/readyz").status_code == 200

    def broken() -> None:
        raise RuntimeError("amqp://guest:guest@broker")

    object.__setattr__(parts, "probes", {"broker": broken})
    answer = web.get("/readyz")
    assert (answer.status_code, answer.json["checks"]) == (503, {"broker": "failed"})
    assert "guest" not in answer.text


def test_a_gateway_about_to_go_says_so_and_goes_on_answering(rpc: FakeRpc, tmp_path: Path) -> None:
    web = application(CONTRACT, rpc, leaving=str(tmp_path / "leaving")).test_client()
    assert (web.get("/readyz").status_code, "leaving" in web.get("/readyz").text) == (200, False)
    (tmp_path / "leaving").touch()
    answer = web.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "leaving"})
    assert web.get("/livez").status_code == 200
    assert web.get("/api/v1/books/b1", headers={"Authorization": "Bearer reader"}).status_code == 200


def test_metrics_count_by_operation_and_can_ask_for_a_token(web: FlaskClient, rpc: FakeRpc) -> None:
    web.get("/api/v1/books/b1")
    text = web.get("/metrics").text
    assert 'diaoxun_gateway_requests_total{operation="library.get_book",status="200"} 1.0' in text
    closed = application(CONTRACT, rpc, metrics_token="let me see").test_client()
    assert closed.get("/metrics").status_code == 401
    assert closed.get("/metrics", headers={"Authorization": "Bearer let me see"}).status_code == 200
