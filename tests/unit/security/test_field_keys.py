"""Keys of personal data."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.security.fields import Keyring, SealBroken

OLD, NEW, BLIND = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2, 3))
PLACE = ("enrollment", "trainees", "phone", "trainee_1")


@given(st.binary(max_size=200), st.lists(st.text(max_size=10), max_size=4))
def test_what_is_sealed_opens_at_its_place(plain: bytes, place: list[str]) -> None:
    ring = Keyring.parse(f"k1:{OLD}")
    sealed = ring.seal(plain, *place)
    assert ring.open(sealed, *place) == plain
    assert sealed != ring.seal(plain, *place)


@pytest.mark.parametrize(
    "elsewhere",
    [
        ("enrollment", "trainees", "phone", "trainee_2"),
        ("enrollment", "trainees", "id_number", "trainee_1"),
        ("enrollment", "lecturers", "phone", "trainee_1"),
        ("enrollment", "traineesphone", "", "trainee_1"),
        ("enrollment", "trainees", "phone"),
    ],
)
def test_a_value_moved_elsewhere_does_not_open(elsewhere: tuple[str, ...]) -> None:
    ring = Keyring.parse(f"k1:{OLD}")
    with pytest.raises(SealBroken):
        ring.open(ring.seal(b"13800000000", *PLACE), *elsewhere)


@given(st.data())
def test_any_altered_byte_is_noticed(data: st.DataObject) -> None:
    ring = Keyring.parse(f"k1:{OLD}")
    sealed = bytearray(ring.seal(b"13800000000", *PLACE))
    position = data.draw(st.integers(0, len(sealed) - 1))
    sealed[position] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealBroken):
        ring.open(bytes(sealed), *PLACE)


@given(st.binary(max_size=60))
def test_bytes_that_were_never_sealed_are_refused(found: bytes) -> None:
    with pytest.raises(SealBroken):
        Keyring.parse(f"k1:{OLD}").open(found, *PLACE)


def test_a_new_key_in_front_seals_and_the_old_one_still_opens() -> None:
    before, rotated = Keyring.parse(f"k1:{OLD}"), Keyring.parse(f"k2:{NEW}, k1:{OLD}")
    assert rotated.open(before.seal(b"x", *PLACE), *PLACE) == b"x"
    assert rotated.key_id(rotated.seal(b"x", *PLACE)) == rotated.current == "k2"
    with pytest.raises(SealBroken, match="'k2'"):
        before.open(rotated.seal(b"x", *PLACE), *PLACE)


def test_the_blind_index_outlives_rotation_and_differs_by_place() -> None:
    before, rotated = Keyring.parse(f"k1:{OLD}"), Keyring.parse(f"k2:{NEW},k1:{OLD}")
    assert before.blind("1380", "trainees", "phone") == rotated.blind("1380", "trainees", "phone")
    assert before.blind("1380", "trainees", "phone") != before.blind("1380", "lecturers", "phone")
    assert before.blind_fingerprint == rotated.blind_fingerprint != Keyring.parse(f"k2:{NEW}").blind_fingerprint


def test_a_blind_key_of_its_own_lets_every_other_key_go() -> None:
    before, after = Keyring.parse(f"k1:{OLD},blind:{BLIND}"), Keyring.parse(f"blind:{BLIND},k2:{NEW}")
    assert before.blind("1380", "t", "f") == after.blind("1380", "t", "f")
    assert after.current == "k2"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "not id:base64"),
        ("k1", "not id:base64"),
        (f"k1:{OLD},k1:{NEW}", "twice"),
        ("k1:not base64!", "not base64"),
        ("k1:AAAA", "3 bytes"),
        (f"blind:{BLIND}", "empty"),
        (f"k 1:{OLD}", "letters, digits"),
    ],
)
def test_wrong_keys_are_refused_by_their_id_and_never_shown(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint) as refusal:
        Keyring.parse(text)
    assert "AAAA" not in str(refusal.value)


def test_a_fresh_key_fits_and_a_keyring_shows_only_ids() -> None:
    ring = Keyring.parse(f"k9:{Keyring.new_key()}")
    assert repr(ring) == "Keyring(k9)"
