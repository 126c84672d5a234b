"""Keys that sign certificates, and their public halves."""

from __future__ import annotations

import base64

import pytest

from shared.security.signing import PublicKeys, SigningKeys

FIRST, SECOND = (base64.urlsafe_b64encode(bytes([number]) * 32).decode() for number in (1, 2))


def test_a_signature_verifies_with_the_public_half_alone_and_is_the_same_each_time() -> None:
    keys = SigningKeys.parse(f"c1:{FIRST}")
    signature = keys.sign(b"2020-000001")
    assert signature == keys.sign(b"2020-000001")
    public = PublicKeys.parse("\n".join(f"{key_id}:{key}" for key_id, key in keys.public.encoded().items()))
    assert public.verifies("c1", b"2020-000001", signature)
    assert not public.verifies("c1", b"2020-000002", signature)
    assert not public.verifies("c2", b"2020-000001", signature)


def test_after_a_rotation_old_signatures_verify_also_without_the_old_private_key() -> None:
    old = SigningKeys.parse(f"c1:{FIRST}")
    signature = old.sign(b"paper")
    rotated = SigningKeys.parse(f"c2:{SECOND},c1:pub:{old.public.encoded()['c1']}")
    assert rotated.current == "c2"
    assert rotated.public.verifies("c1", b"paper", signature)
    assert rotated.public.verifies("c2", b"paper", rotated.sign(b"paper"))


def test_a_public_key_file_may_hold_remarks() -> None:
    encoded = SigningKeys.parse(f"c1:{FIRST}").public.encoded()["c1"]
    assert PublicKeys.parse(f"# 江城市委党校\n\nc1:{encoded}  # since 2020\n").ids == ("c1",)


@pytest.mark.parametrize("text", ["", "c1", "c1:notbase64!", f"c 1:{FIRST}", "c1:YWJj", f"c1:{FIRST},c1:{SECOND}",
                                  f"c1:pub:{FIRST}", f"c1:{FIRST},c1:pub:{SECOND}"])  # fmt: skip
def test_unusable_keys_are_refused_without_showing_them(text: str) -> None:
    with pytest.raises(ValueError, match=r"key|DIAOXUN_SIGNING_KEYS") as refused:
        SigningKeys.parse(text)
    assert FIRST not in str(refused.value)
    assert SECOND not in str(refused.value)


def test_new_keys_are_random_and_usable() -> None:
    made = {SigningKeys.new_key() for _ in range(3)}
    assert len(made) == 3
    for key in made:
        assert SigningKeys.parse(f"c1:{key}").current == "c1"
