"""What the services give for the archive of a term, and what was collected of it so far."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Sequence

from services.compliance.domain.archive import File
from services.compliance.store.closing import CLOSINGS, pieces_of
from shared.storage import View


def wrapped(files: Iterable[File]) -> bytes:
    """Return a service's files as one text, to be kept until they are packed."""
    return json.dumps(
        [
            {
                "service": file.service,
                "name": file.name,
                "media_type": file.media_type,
                "item": file.item,
                "content": base64.b64encode(file.content).decode(),
            }
            for file in files
        ],
        ensure_ascii=False,
    ).encode()


def collected(view: View, term_id: str, services: Sequence[str]) -> list[File]:
    """Return what was collected for the closing that is under way; the view is audited."""
    process_id = view.rows(CLOSINGS).get(term_id)["process_id"]
    files = []
    for service in services:
        bundle = pieces_of(view, f"{process_id}/{service}", "结班归档 / closing a term")
        for each in json.loads(bundle or b"[]"):
            files.append(File(**{**each, "content": base64.b64decode(each["content"])}))
    return files
