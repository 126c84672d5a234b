"""XML of Word documents, as plain elements: python-docx gives some of them a ``text`` of its own."""

from __future__ import annotations

from typing import Any

from lxml import etree

from services.outcomes.reportfiles.findings import broken


def parsed(content: bytes) -> Any:
    """Return the root element of a part; nothing is expanded or fetched. Raises ``Unreadable``."""
    # One a call: a parser keeps state and parts are read in several native threads.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise broken() from None


def written(root: Any) -> bytes:
    """Return the bytes of a part."""
    text: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return text
