"""People who come instead of somebody admitted, and the papers a unit sends with its request."""

from __future__ import annotations

import random
from typing import Any

from deploy.local.gateway_client import Attachment
from deploy.sample.people import Person, invent

_SEED = 20200511
PROOF = Attachment("情况说明.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
SIGNED = {"signer": "单位主要负责人", "signer_post": "党委（党组）书记"}


def newcomers(count: int) -> list[Person]:
    """Return people who stand on no roster of the sample."""
    return invent(random.Random(_SEED), count)  # noqa: S311 - made-up people, no secret


def described(person: Person, workplace: str) -> dict[str, Any]:
    """Return somebody as a request for a replacement describes them."""
    return {
        "name": person.name,
        "id_number": person.id_number,
        "phone": person.phone,
        "post": person.post,
        "rank": person.rank,
        "workplace": workplace,
        "political_status": person.party,
        "education": person.study,
    }
