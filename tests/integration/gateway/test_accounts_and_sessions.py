from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from flask.testing import FlaskClient

from gateway.administration import bootstrap
from gateway.store import ACCOUNTS, GUESSED_NAMES, ITSELF, SESSIONS
from shared.security.caller import Role
from shared.storage.audit import AUDIT
from tests.integration.gateway.conftest import PASSWORD, House


def log_in(client: FlaskClient, username: str = "wang", password: str = PASSWORD, **more: str) -> int:
    return client.post("/api/v1/session", json={"username": username, "password": password, **more}).status_code


@pytest.fixture
def wang(house: House) -> str:
    return house.account("wang", Role.ORGANISATION_DEPARTMENT)


def test_a_session_opens_what_the_accounts_role_opens(house: House, wang: str) -> None:
    web = house.logged_in("wang")
    assert web.get("/api/v1/books/b1").status_code == 200
    assert web.get("/api/v1/session").json["username"] == "wang"
    assert web.delete("/api/v1/session").status_code == 200
    assert web.get("/api/v1/books/b1").status_code == 401


def test_a_password_with_a_blank_at_its_end_opens_the_console_as_it_opens_the_api(house: House) -> None:
    password = "correct horse battery "
    bootstrap.ensure_account(house.store, house.clock, "li", password, "测试账号", [Role.UNIT])
    assert log_in(house.client(), "li", password) == 201
    form = {"username": " li ", "password": password, "code": ""}
    assert house.client().post("/console/login", data=form).status_code == 303
    assert house.client().post("/console/login", data={**form, "password": password.strip()}).status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(house: House, wang: str) -> None:
    answer = house.client().post("/api/v1/session", json={"username": "wang", "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    token = cookie.split("=", 1)[1].split(";")[0]
    assert token not in str(house.store.view(ITSELF).rows(SESSIONS).find())


def test_a_secure_cookie_is_bound_to_the_host(open_house, make_store) -> None:
    house = open_house(secure_cookies=True)
    house.account("wang", Role.UNIT)
    answer = house.client().post(
        "/api/v1/session", json={"username": "wang", "password": PASSWORD}, base_url="https://diaoxun.example"
    )
    assert answer.headers["Set-Cookie"].startswith("__Host-dx_session=")
    assert "Secure" in answer.headers["Set-Cookie"]


def test_a_session_ends_after_ten_idle_minutes_and_lives_while_it_is_used(house: House, wang: str) -> None:
    web = house.logged_in("wang")
    for _ in range(3):
        house.clock.move(timedelta(seconds=590))
        assert web.get("/api/v1/session").status_code == 200
    house.clock.move(timedelta(seconds=600))
    assert web.get("/api/v1/session").status_code == 401


def test_a_page_left_open_keeps_no_session_alive(house: House, wang: str) -> None:
    web = house.logged_in("wang")
    house.clock.move(timedelta(seconds=500))
    web.get("/api/v1/events").close()
    house.clock.move(timedelta(seconds=100))
    assert web.get("/api/v1/session").status_code == 401


def test_a_session_ends_after_eight_hours_however_busy(house: House, wang: str) -> None:
    web = house.logged_in("wang")
    for _ in range(8 * 7):
        house.clock.move(timedelta(seconds=500))
        web.get("/api/v1/session")
    house.clock.move(timedelta(seconds=800))
    assert web.get("/api/v1/session").status_code == 401


def test_wrong_names_and_wrong_passwords_read_alike(house: House, wang: str) -> None:
    answers = [
        house.client().post("/api/v1/session", json={"username": name, "password": "wrong"}).json
        for name in ("wang", "nobody")
    ]
    assert answers[0]["detail"] == answers[1]["detail"]
    assert answers[0]["status"] == 401


def test_five_wrong_passwords_lock_the_account_for_five_minutes(house: House, wang: str) -> None:
    client = house.client()
    assert [log_in(client, password="wrong") for _ in range(5)] == [401] * 5
    locked = client.post("/api/v1/session", json={"username": "wang", "password": PASSWORD})
    assert (locked.status_code, locked.json["code"]) == (429, "account-locked")
    assert 290 < int(locked.headers["Retry-After"]) <= 301
    house.clock.move(timedelta(seconds=301))
    assert log_in(client) == 201


def test_a_name_that_is_nobodys_locks_and_opens_as_an_account_does(house: House, wang: str) -> None:
    def told(name: str) -> list[tuple[int, str, str]]:
        answers = [
            house.client().post("/api/v1/session", json={"username": name, "password": f"wrong {number}"})
            for number in range(8)
        ]
        return [(each.status_code, each.json["detail"], each.headers.get("Retry-After", "")) for each in answers]

    for _ in range(2):
        nobody = told("nobody")
        assert nobody == told("wang")
        assert [status for status, _, _ in nobody] == [401] * 5 + [429] * 3
        house.clock.move(timedelta(seconds=301))
    assert "nobody" not in str(house.store.view(ITSELF).rows(GUESSED_NAMES).find())


@pytest.mark.parametrize(("minutes", "sixth"), [(59, 429), (60, 401)])
def test_wrong_passwords_are_forgotten_after_an_hour_whosever_name_it_was(
    house: House, wang: str, minutes: int, sixth: int
) -> None:
    client = house.client()
    for name in ("wang", "nobody"):
        assert [log_in(client, name, "wrong") for _ in range(4)] == [401] * 4
    house.clock.move(timedelta(minutes=minutes))
    for name in ("wang", "nobody"):
        assert [log_in(client, name, "wrong") for _ in range(2)] == [401, sixth]


GUESSED = [("PUT", "/password", "old", {"new": "another long one"}), ("POST", "/totp/removal", "password", {})]


@pytest.mark.parametrize(("verb", "path", "name", "more"), GUESSED)
def test_guessing_the_password_within_a_session_locks_the_account_and_ends_the_session(
    house: House, wang: str, verb: str, path: str, name: str, more: dict[str, str]
) -> None:
    web, other = house.logged_in("wang"), house.logged_in("wang")

    def guess(password: str) -> tuple[int, str]:
        answer = web.open(f"/api/v1/session{path}", method=verb, json={name: password, **more})
        return answer.status_code, answer.json.get("code", "")

    assert [guess("wrong") for _ in range(4)] == [(403, "forbidden")] * 4
    assert guess("wrong") == (429, "account-locked")
    assert guess(PASSWORD)[0] == 401, "the session is over"
    assert log_in(house.client()) == 429
    assert other.get("/api/v1/session").status_code == 200, "who guesses throws nobody else out"
    assert other.open(f"/api/v1/session{path}", method=verb, json={name: PASSWORD, **more}).status_code == 429
    house.clock.move(timedelta(seconds=301))
    assert other.open(f"/api/v1/session{path}", method=verb, json={name: PASSWORD, **more}).status_code == 200


def test_guesses_at_the_log_in_and_within_a_session_are_counted_together(house: House, wang: str) -> None:
    web = house.logged_in("wang")
    assert [log_in(house.client(), password="wrong") for _ in range(4)] == [401] * 4
    assert web.post("/api/v1/session/totp/removal", json={"password": "wrong"}).status_code == 429
    assert log_in(house.client()) == 429


def test_a_right_password_forgives_earlier_failures(house: House, wang: str) -> None:
    client = house.client()
    for _ in range(2):
        assert [log_in(client, password="wrong") for _ in range(4)] == [401] * 4
        assert log_in(client) == 201


def test_the_security_administrator_lifts_a_lock(house: House, wang: str) -> None:
    client = house.client()
    for _ in range(5):
        log_in(client, password="wrong")
    admin = house.client(house.key(Role.SECURITY_ADMIN))
    assert admin.delete(f"/api/v1/accounts/{wang}/lock").json["locked_until"] is None
    assert log_in(client) == 201


def test_a_change_by_cookie_needs_the_sessions_token(house: House, wang: str) -> None:
    house.rpc.answer("remove_book", {})
    web = house.logged_in("wang")
    assert web.delete("/api/v1/books/b1").status_code == 200
    token = web.environ_base.pop("HTTP_X_CSRF_TOKEN")
    assert web.delete("/api/v1/books/b1").status_code == 403
    assert web.delete("/api/v1/books/b1", headers={"X-CSRF-Token": "0" * 64}).status_code == 403
    foreign = {"X-CSRF-Token": token, "Sec-Fetch-Site": "cross-site"}
    assert web.delete("/api/v1/books/b1", headers=foreign).status_code == 403
    assert (
        web.delete("/api/v1/books/b1", headers={"X-CSRF-Token": token, "Origin": "http://evil.example"}).status_code
        == 403
    )
    assert len(house.rpc.calls) == 1


def test_another_site_cannot_log_somebody_in(house: House, wang: str) -> None:
    body = {"username": "wang", "password": PASSWORD}
    answer = house.client().post("/api/v1/session", json=body, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_one_time_codes_guard_the_log_in_and_work_once(house: House, wang: str) -> None:
    web = house.logged_in("wang")
    secret = web.post("/api/v1/session/totp").json["secret"]
    code = pyotp.TOTP(secret)
    assert web.put("/api/v1/session/totp", json={"code": "000000"}).status_code == 422
    assert web.put("/api/v1/session/totp", json={"code": code.at(house.clock.now())}).status_code == 200
    other = house.client()
    assert log_in(other) == 401
    assert log_in(other, code=code.at(house.clock.now())) == 401, "the confirming code was used up"
    house.clock.move(timedelta(seconds=60))
    fresh = code.at(house.clock.now())
    assert log_in(other, code=fresh) == 201
    assert log_in(other, code=fresh) == 401
    assert secret not in str(house.store.view(ITSELF).rows(ACCOUNTS).get(wang))
    assert web.post("/api/v1/session/totp/removal", json={"password": PASSWORD}).status_code == 200
    assert log_in(other) == 201


def with_codes(house: House) -> tuple[FlaskClient, pyotp.TOTP]:
    web = house.logged_in("wang")
    code = pyotp.TOTP(web.post("/api/v1/session/totp").json["secret"])
    assert web.put("/api/v1/session/totp", json={"code": code.at(house.clock.now())}).status_code == 200
    house.clock.move(timedelta(seconds=60))
    return web, code


def test_whoever_finds_a_session_open_does_not_put_another_app_in_the_place_of_the_owners(
    house: House, wang: str
) -> None:
    web, code = with_codes(house)
    refused = web.post("/api/v1/session/totp")
    assert (refused.status_code, refused.json["code"]) == (409, "conflict")
    assert web.put("/api/v1/session/totp", json={"code": code.at(house.clock.now())}).status_code == 409
    assert log_in(house.client(), code=code.at(house.clock.now())) == 201
    assert web.post("/api/v1/session/totp/removal", json={"password": PASSWORD}).status_code == 200
    assert web.post("/api/v1/session/totp").status_code == 201


def test_the_administrator_turns_codes_off_for_somebody_who_lost_the_phone(house: House, wang: str) -> None:
    with_codes(house)
    admin, path = house.client(house.key(Role.SECURITY_ADMIN)), f"/api/v1/accounts/{wang}/password"
    assert admin.put(path, json={"password": "a brand new one"}).status_code == 200
    assert log_in(house.client(), password="a brand new one") == 401, "a new password alone leaves them on"
    assert admin.put(path, json={"password": "a brand new one", "remove_totp": True}).status_code == 200
    assert log_in(house.client(), password="a brand new one") == 201
    noted = [note for row in house.store._backing.collection(AUDIT).find({}) for note in row["notes"]]
    assert {"subject": f"accounts/{wang}", "action": "one-time codes turned off"} in noted


def test_a_new_password_ends_the_other_sessions(house: House, wang: str) -> None:
    here, there = house.logged_in("wang"), house.logged_in("wang")
    assert here.put("/api/v1/session/password", json={"old": "wrong", "new": "another long one"}).status_code == 403
    assert here.put("/api/v1/session/password", json={"old": PASSWORD, "new": "short"}).status_code == 422
    assert here.put("/api/v1/session/password", json={"old": PASSWORD, "new": "another long one"}).status_code == 200
    assert here.get("/api/v1/session").status_code == 200
    assert there.get("/api/v1/session").status_code == 401
    assert log_in(house.client(), password="another long one") == 201


def test_accounts_are_made_changed_and_disabled_by_the_security_administrator(house: House) -> None:
    house.account("admin", Role.SECURITY_ADMIN)
    admin = house.logged_in("admin")
    new = {
        "username": "gong.li",
        "title": "李工",
        "password": PASSWORD,
        "roles": ["unit"],
        "units": ["jiangcheng.donghu"],
    }
    made = admin.post("/api/v1/accounts", json=new)
    assert made.status_code == 201
    assert "password" not in made.text
    assert admin.post("/api/v1/accounts", json=new).status_code == 409
    path = f"/api/v1/accounts/{made.json['account_id']}"
    li = house.logged_in("gong.li")
    tag = admin.get(path).headers["ETag"]
    assert admin.patch(path, json={"title": "李"}, headers={"If-Match": tag}).json["title"] == "李"
    assert admin.patch(path, json={"title": "王"}, headers={"If-Match": tag}).status_code == 412
    assert admin.patch(path, json={"disabled": True}).status_code == 200
    assert li.get("/api/v1/session").status_code == 401
    assert log_in(house.client(), "gong.li") == 401


def test_a_password_set_by_the_administrator_ends_the_sessions_and_its_key_takes_no_other(
    house: House, wang: str
) -> None:
    web, admin = house.logged_in("wang"), house.client(house.key(Role.SECURITY_ADMIN))
    path, key = f"/api/v1/accounts/{wang}/password", {"Idempotency-Key": "reset-1"}
    for _ in range(2):
        assert admin.put(path, json={"password": "a brand new one"}, headers=key).status_code == 200
    assert web.get("/api/v1/session").status_code == 401
    assert (log_in(house.client()), log_in(house.client(), password="a brand new one")) == (401, 201)
    other = admin.put(path, json={"password": "quite another one"}, headers=key)
    assert (other.status_code, other.json["code"]) == (422, "idempotency-key-reused")


def test_an_administrator_cannot_change_his_own_account(house: House) -> None:
    own = house.account("admin", Role.SECURITY_ADMIN)
    admin = house.logged_in("admin")
    assert admin.patch(f"/api/v1/accounts/{own}", json={"roles": ["organisation_department"]}).status_code == 403


def test_a_key_has_no_session_to_change(house: House, wang: str) -> None:
    key = house.client(house.key(Role.ORGANISATION_DEPARTMENT))
    assert key.put("/api/v1/session/password", json={"old": PASSWORD, "new": "another long one"}).status_code == 403
