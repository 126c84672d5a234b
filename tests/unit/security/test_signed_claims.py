"""Signed texts: what a reader accepts, and that one signature has one text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OKPKey

from shared.security.signed_claims import NotGenuine, read_claims, sign_claims
from shared.security.signing import SigningKeys

KEYS = SigningKeys.parse(f"k1:{SigningKeys.new_key()}")
CLAIMS = {"name": "张伟", "hours": 40}
SIGNED = sign_claims(KEYS, CLAIMS)


def test_what_was_signed_is_read_back() -> None:
    assert read_claims(KEYS.public, SIGNED) == CLAIMS
    assert sign_claims(KEYS, CLAIMS) == SIGNED


def test_any_jose_library_verifies_it() -> None:
    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": KEYS.public.encoded()["k1"].rstrip("=")})
    read = jws.deserialize_compact(SIGNED, key, algorithms=["EdDSA"])
    assert json.loads(read.payload) == CLAIMS


@given(st.integers(0, len(SIGNED) - 1), st.characters(codec="ascii"))
def test_no_other_character_anywhere_is_accepted(place: int, character: str) -> None:
    altered = SIGNED[:place] + character + SIGNED[place + 1 :]
    if altered.strip() != SIGNED:
        with pytest.raises(NotGenuine):
            read_claims(KEYS.public, altered)


@pytest.mark.parametrize("text", ["", "..", "a.b", "a.b.c", "e30.e30.e30", SIGNED + ".", "x" * 5000])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(NotGenuine):
        read_claims(KEYS.public, text)


def test_a_retired_key_still_verifies_and_an_unknown_one_is_named() -> None:
    public = KEYS.public.encoded()["k1"]
    later = SigningKeys.parse(f"k2:{SigningKeys.new_key()},k1:pub:{public}")
    assert read_claims(later.public, SIGNED) == CLAIMS
    with pytest.raises(NotGenuine) as refused:
        read_claims(SigningKeys.parse(f"k2:{SigningKeys.new_key()}").public, SIGNED)
    assert refused.value.unknown_key == "k1"
