"""Exports: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class ExportedFile(TypedDict):
    """One file; ``content`` is base64."""

    name: str
    media_type: str
    content: str
    item: NotRequired[str | None]


class ExportedFiles(TypedDict):
    """Everything a service has for the archive of one term; empty when it has nothing."""

    files: list[ExportedFile]
