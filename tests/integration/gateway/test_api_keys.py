from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gateway.administration import bootstrap
from gateway.auth.key_format import new_key, read_key
from gateway.auth.keys import KeyCheck
from gateway.auth.pepper import Pepper
from gateway.store import ITSELF, KEYS
from shared.errors import Unauthenticated
from shared.security.caller import Role
from tests.integration.gateway.conftest import SETTINGS, House


def ask(house: House, key: str) -> int:
    return house.client(key).get("/api/v1/books/b1").status_code


def test_a_key_opens_what_its_role_opens(house: House) -> None:
    assert ask(house, house.key(Role.UNIT)) == 200
    assert ask(house, house.key(Role.TRAINEE)) == 403


def test_a_mistyped_key_is_refused_by_its_checksum_without_asking_the_store(house: House) -> None:
    key = str(new_key())
    swapped = key[:40] + ("A" if key[40] != "A" else "B") + key[41:]
    for text in (swapped, key[:-1], key.upper(), "dx_", "", key + "x"):
        with pytest.raises(Unauthenticated):
            read_key(text)
    no_store: Any = None
    with pytest.raises(Unauthenticated):
        KeyCheck(no_store, house.clock, Pepper(SETTINGS.secrets)).check(swapped)


def test_an_unknown_key_and_another_secret_are_refused(house: House) -> None:
    key = read_key(house.key(Role.UNIT))
    assert ask(house, str(new_key())) == 401
    forged = new_key()
    assert ask(house, str(type(key)(key.key_id, forged.secret))) == 401


def test_a_key_ends_on_its_instant(house: House) -> None:
    key = house.key(Role.UNIT, expires_at=house.clock.now() + timedelta(hours=1))
    house.clock.move(timedelta(minutes=59))
    assert ask(house, key) == 200
    house.clock.move(timedelta(minutes=1))
    assert ask(house, key) == 401


def test_only_a_hash_of_the_key_is_kept(house: House) -> None:
    key = read_key(house.key(Role.UNIT))
    row = house.store.view(ITSELF).rows(KEYS).get(key.key_id)
    assert key.secret not in str(row)


def test_its_use_is_noted_at_most_once_a_minute(house: House) -> None:
    key = house.key(Role.UNIT)
    begun = house.clock.now()

    def last_used() -> timedelta:
        row = house.store.view(ITSELF).rows(KEYS).get(read_key(key).key_id)
        return row["last_used_at"] - begun

    ask(house, key)
    first = last_used()
    house.clock.move(timedelta(seconds=30))
    ask(house, key)
    assert last_used() == first
    house.clock.move(timedelta(seconds=31))
    ask(house, key)
    assert last_used() >= timedelta(seconds=61)


def test_a_secret_taken_out_of_use_ends_its_keys_and_a_kept_one_does_not(house: House) -> None:
    old = bootstrap.issue_key(house.store, house.clock, ("an older secret, also long enough!",), "旧", [Role.UNIT])
    assert ask(house, old) == 401
    both = house.parts.identity._keys._pepper.__class__(("a newer secret, long enough too!!", *SETTINGS.secrets))
    house.parts.identity._keys._pepper = both
    assert ask(house, house.key(Role.UNIT)) == 200


def wanted(**changes: object) -> dict[str, object]:
    return {
        "label": "东湖区报送系统",
        "roles": ["unit"],
        "units": ["jiangcheng.donghu"],
        "scopes": ["library:read"],
        "expires_at": "2020-12-31T00:00:00+08:00",
        **changes,
    }


def test_the_security_administrator_issues_lists_and_revokes_keys(house: House) -> None:
    admin = house.client(house.key(Role.SECURITY_ADMIN))
    issued = admin.post("/api/v1/keys", json=wanted())
    assert issued.status_code == 201
    assert ask(house, issued.json["key"]) == 200
    listed = admin.get("/api/v1/keys").json["items"]
    assert issued.json["key_id"] in [row["key_id"] for row in listed]
    assert all("key" not in row and "digest" not in row for row in listed)
    revoked = admin.delete(f"/api/v1/keys/{issued.json['key_id']}")
    assert revoked.json["revoked_at"] is not None
    assert ask(house, issued.json["key"]) == 401


def test_a_repeated_issue_makes_one_key_and_never_shows_it_again(house: House) -> None:
    admin = house.client(house.key(Role.SECURITY_ADMIN))
    answers = [admin.post("/api/v1/keys", json=wanted(), headers={"Idempotency-Key": "1"}).json for _ in range(2)]
    assert answers[0]["key_id"] == answers[1]["key_id"]
    assert answers[0]["key"].startswith("dx_")
    assert answers[1]["key"] is None
    other = admin.post("/api/v1/keys", json=wanted(label="别的"), headers={"Idempotency-Key": "1"})
    assert (other.status_code, other.json["code"]) == (422, "idempotency-key-reused")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"roles": ["service"]}, 422),
        ({"roles": []}, 422),
        ({"scopes": ["everything"]}, 422),
        ({"units": ["jiangcheng.xihu"]}, 403),
        ({"units": [""]}, 403),
        ({"expires_at": "2020-03-01T00:00:00+08:00"}, 422),
        ({"expires_at": "2031-01-01T00:00:00+08:00"}, 422),
        ({"expires_at": "2020-12-31T00:00:00"}, 422),
    ],
)
def test_nobody_hands_out_more_than_he_has(house: House, changes: dict[str, object], status: int) -> None:
    admin = house.client(house.key(Role.SECURITY_ADMIN, units=("jiangcheng.donghu",)))
    assert admin.post("/api/v1/keys", json=wanted(**changes)).status_code == status


ISSUE = "gateway.issue_key"


@pytest.mark.parametrize(
    ("own", "asked", "status"),
    [
        ([ISSUE], None, 403),
        ([ISSUE], [ISSUE], 201),
        ([ISSUE], ["library:read"], 403),
        ([ISSUE, "library:read"], ["library:read"], 201),
        ([ISSUE, "library:read"], ["library:read", "library:write"], 403),
        ([ISSUE, "library:read"], ["*:read"], 403),
        ([ISSUE, "*:read"], ["library:read", "*:read"], 201),
        ([ISSUE, "library:read"], ["library.get_book"], 403),
        ([ISSUE, "library:read", "*:write"], ["library.get_book"], 201),
        ([ISSUE, "*:read"], ["library.remove_book"], 403),
        (None, None, 201),
    ],
)
def test_a_key_issues_none_with_wider_scopes(
    house: House, own: list[str] | None, asked: list[str] | None, status: int
) -> None:
    admin = house.client(house.key(Role.SECURITY_ADMIN, scopes=own))
    assert admin.post("/api/v1/keys", json=wanted(scopes=asked)).status_code == status


def test_a_key_with_scopes_has_no_way_round_them_through_an_account(house: House) -> None:
    admin = house.client(house.key(Role.SECURITY_ADMIN, scopes=["gateway:write"]))
    other, clerk = house.account("other", Role.SECURITY_ADMIN), house.account("clerk", Role.UNIT)
    new = {"username": "gong.li", "title": "x", "password": "correct horse battery", "units": [""]}
    password = {"password": "a brand new one"}
    for roles, account, status in ((["security_admin"], other, 403), (["unit"], clerk, 201)):
        fine = 200 if status == 201 else status
        assert admin.post("/api/v1/accounts", json={**new, "roles": roles}).status_code == status
        assert admin.put(f"/api/v1/accounts/{account}/password", json=password).status_code == fine
        assert admin.patch(f"/api/v1/accounts/{account}", json={"disabled": False}).status_code == fine
    promoted = admin.patch(f"/api/v1/accounts/{clerk}", json={"roles": ["security_admin"]})
    assert promoted.status_code == 403
    assert (
        house.client(house.key(Role.SECURITY_ADMIN))
        .put(f"/api/v1/accounts/{other}/password", json=password)
        .status_code
        == 200
    )


def test_an_administrator_with_a_second_role_cannot_administer(house: House) -> None:
    both = house.client(house.key(Role.SECURITY_ADMIN, Role.AUDITOR))
    assert both.post("/api/v1/keys", json=wanted()).status_code == 403
