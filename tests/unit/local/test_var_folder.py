from __future__ import annotations

import multiprocessing
import stat

import pytest

from deploy.local.stack_secrets import load_or_make, save, with_password
from deploy.local.var_folder import StackRunning, VarFolder


def hold(path, ready, done):
    VarFolder(path).claim()
    ready.set()
    done.wait(30)


def test_two_stacks_cannot_share_a_data_directory(tmp_path):
    context = multiprocessing.get_context("spawn")
    ready, done = context.Event(), context.Event()
    other = context.Process(target=hold, args=(tmp_path / "var", ready, done))
    other.start()
    try:
        assert ready.wait(30)
        with pytest.raises(StackRunning, match=str(other.pid)):
            VarFolder(tmp_path / "var").claim()
    finally:
        done.set()
        other.join(30)
    VarFolder(tmp_path / "var").claim()


def test_a_released_directory_can_be_claimed_again(tmp_path):
    first = VarFolder(tmp_path)
    first.claim()
    first.release()
    VarFolder(tmp_path).claim()


def test_clearing_takes_only_what_a_stack_made(tmp_path):
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "data").touch()
    (tmp_path / "broker.journal").touch()
    (tmp_path / "mine.txt").touch()
    folder = VarFolder(tmp_path)
    with pytest.raises(RuntimeError):
        folder.clear()
    folder.claim()
    folder.clear()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.txt", "stack.lock"]


def test_secrets_are_made_once_and_readable_by_their_owner_only(tmp_path):
    path = tmp_path / "secrets.json"
    first = load_or_make(path)
    assert len(first.caller_secret) >= 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_or_make(path) == first


def test_a_password_is_made_once_for_an_account(tmp_path):
    path = tmp_path / "secrets.json"
    secrets = with_password(load_or_make(path), "organiser")
    save(path, secrets)
    again = with_password(load_or_make(path), "organiser")
    assert again.passwords == secrets.passwords
