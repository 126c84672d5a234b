"""Sealed fields of documents: encrypted on the way in, opaque on the way out."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from shared.security.fields import Keyring, SealBroken
from shared.storage.schema import Collection, blind_field

_MARK = "sealed:"


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """A value still encrypted, and the place it belongs to. It shows nothing and is not JSON; see ``Rows.unseal``."""

    token: str
    place: tuple[str, str, str]

    def __repr__(self) -> str:
        return f"<sealed {self.place[1]}>"


class Sealer:
    """Seals and opens the fields of one service's documents. The binding: service, collection, field, document id."""

    def __init__(self, service: str, keyring: Keyring) -> None:
        self._service = service
        self._keyring = keyring

    def seal(self, collection: Collection, doc: dict[str, Any]) -> None:
        """Seal the plain values of a document in place and set their blind indexes. What is sealed already stays."""
        for name in collection.sealed:
            if name not in doc:
                continue
            value, place = doc[name], (collection.name, name, doc["_id"])
            if isinstance(value, Sealed):
                if value.place != place:
                    raise SealBroken(
                        f"字段“{name}”的加密值属于另一条记录，请先解开再写入",
                        f"the sealed {name!r} belongs to another document; unseal it before writing it here",
                        field=name,
                    )
                continue
            if name in collection.blind:
                doc[blind_field(name)] = None if value is None else self.blind(collection, name, value)
            if value is not None:
                doc[name] = Sealed(self._token(value, place), place)

    def blind(self, collection: Collection, name: str, value: str) -> str:
        """Return the blind index of a text in a field. Raises ``TypeError`` for anything but text."""
        if not isinstance(value, str):
            raise TypeError(f"{collection.name}.{name} has a blind index and takes text, not {type(value).__name__}")
        return self._keyring.blind(value, self._service, collection.name, name)

    def wrap(self, collection: Collection, doc: dict[str, Any]) -> dict[str, Any]:
        """Return a document from the database with its sealed fields made opaque."""
        for name in collection.sealed:
            value = doc.get(name)
            if isinstance(value, str) and value.startswith(_MARK):
                doc[name] = Sealed(value, (collection.name, name, str(doc.get("_id"))))
        return doc

    def open(self, sealed: Sealed) -> Any:
        """Return the plain value. Raises ``SealBroken``."""
        plain = self._keyring.open(self._bytes(sealed), self._service, *sealed.place)
        kind, body = plain[:1], plain[1:]
        return body if kind == b"b" else json.loads(body)

    def is_current(self, sealed: Sealed) -> bool:
        """Return whether the value is sealed with the key that seals now."""
        return self._keyring.key_id(self._bytes(sealed)) == self._keyring.current

    def _token(self, value: Any, place: tuple[str, str, str]) -> str:
        plain = (
            b"b" + bytes(value) if isinstance(value, bytes) else b"j" + json.dumps(value, ensure_ascii=False).encode()
        )
        return _MARK + base64.urlsafe_b64encode(self._keyring.seal(plain, self._service, *place)).decode()

    @staticmethod
    def _bytes(sealed: Sealed) -> bytes:
        try:
            return base64.urlsafe_b64decode(sealed.token.removeprefix(_MARK))
        except (binascii.Error, ValueError):
            raise SealBroken("该值不是加密数据", "this is not a sealed value", field=sealed.place[1]) from None


def stored(doc: dict[str, Any]) -> dict[str, Any]:
    """Return a copy for the driver: sealed values as their tokens."""
    return {name: value.token if isinstance(value, Sealed) else value for name, value in doc.items()}
