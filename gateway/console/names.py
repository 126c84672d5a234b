"""Names instead of identifiers: units, terms and lecturers, read once a page."""

from __future__ import annotations

from typing import Any

from gateway.console.asking import Asking


class Names:
    """The titles a caller may see; what is not known is shown by its identifier."""

    def __init__(self, asking: Asking) -> None:
        self._units = {row["unit_id"]: str(row["title"]) for row in asking.rows("enrollment", "list_units", limit=200)}
        self.terms: list[dict[str, Any]] = asking.rows("scheduling", "list_terms", limit=200)
        self._terms = {row["term_id"]: f"第{row['programme_ordinal']}班第{row['ordinal']}期" for row in self.terms}
        lecturers = asking.rows("scheduling", "list_lecturers", limit=200)
        self._lecturers = {row["lecturer_id"]: str(row["name"]) for row in lecturers}

    def unit(self, unit_id: str | None) -> str:
        """Return a unit's title."""
        return self._units.get(unit_id or "", unit_id or "")

    def term(self, term_id: str | None) -> str:
        """Return which term of which programme it is."""
        return self._terms.get(term_id or "", "")

    def lecturer(self, lecturer_id: str | None) -> str:
        """Return a lecturer's name."""
        return self._lecturers.get(lecturer_id or "", lecturer_id or "")
