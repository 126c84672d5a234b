from __future__ import annotations

import time
from datetime import timedelta

import pytest

from shared.errors import Forbidden, Unauthenticated
from shared.security.caller import Caller, Role
from shared.security.links import PREFIX, PersonalLinks
from shared.security.tokens import CallerTokens

SECRET = "a secret of more than thirty-two characters"
OTHER = "another secret of more than thirty-two chars"
LINKS = PersonalLinks((SECRET,))
DAY = timedelta(days=1)


def test_a_link_lets_one_person_in_and_reaches_no_unit() -> None:
    caller = LINKS.read(LINKS.issue(Role.TRAINEE, "nom_1", DAY)).caller
    assert caller == Caller("trainee:nom_1", frozenset({Role.TRAINEE}))
    assert caller.own_id(Role.TRAINEE) == "nom_1"
    assert not caller.reaches("city.donghu")
    with pytest.raises(Forbidden):
        caller.own_id(Role.LECTURER)


def test_an_account_of_the_role_is_not_the_person() -> None:
    for subject in ("acc_1", "trainee:", "lecturer:nom_1"):
        with pytest.raises(Forbidden):
            Caller(subject, frozenset({Role.TRAINEE}), ("",)).own_id(Role.TRAINEE)
    with pytest.raises(Forbidden):
        Caller("trainee:nom_1", frozenset({Role.TRAINEE, Role.UNIT})).own_id(Role.TRAINEE)


def test_a_rotated_secret_still_reads_and_a_foreign_one_does_not() -> None:
    token = LINKS.issue(Role.LECTURER, "lec_1", DAY)
    assert PersonalLinks((OTHER, SECRET)).read(token).subject == "lecturer:lec_1"
    for foreign in (PersonalLinks((OTHER,)), PersonalLinks(())):
        with pytest.raises(Unauthenticated):
            foreign.read(token)


def test_a_link_and_a_caller_token_never_pass_for_each_other() -> None:
    caller_token = CallerTokens((SECRET,)).sign(Caller("trainee:nom_1", frozenset({Role.TRAINEE})))
    for text in (caller_token, PREFIX + caller_token, "", PREFIX):
        with pytest.raises(Unauthenticated):
            LINKS.read(text)
    with pytest.raises(Unauthenticated):
        CallerTokens((SECRET,)).check(LINKS.issue(Role.TRAINEE, "nom_1", DAY).removeprefix(PREFIX))


def test_a_link_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    token = LINKS.issue(Role.TRAINEE, "nom_1", DAY)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_399)
    assert LINKS.read(token).subject == "trainee:nom_1"
    monkeypatch.setattr(time, "time", lambda: now + 86_402)
    with pytest.raises(Unauthenticated):
        LINKS.read(token)


@pytest.mark.parametrize(
    ("role", "identifier", "lifetime"),
    [
        (Role.UNIT, "x", DAY),
        (Role.TRAINEE, "", DAY),
        (Role.TRAINEE, "x", timedelta()),
        (Role.TRAINEE, "x", timedelta(days=401)),
    ],
)
def test_only_persons_get_links_and_not_for_ever(role: Role, identifier: str, lifetime: timedelta) -> None:
    with pytest.raises(ValueError, match="no personal link"):
        LINKS.issue(role, identifier, lifetime)
