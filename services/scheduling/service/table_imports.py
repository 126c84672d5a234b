"""Entrypoints: imports of tables."""

from __future__ import annotations

from typing import Any

from services.scheduling import importing
from services.scheduling.contract import table_imports as contract
from services.scheduling.queries import table_imports as import_queries
from services.scheduling.service.desk import Desk
from shared.messaging import Call, serves


class TableImportEntrypoints(Desk):
    """Imports of tables."""

    @serves(contract.IMPORT_TABLE)
    def import_table(self, call: Call) -> dict[str, Any]:
        """Take a table over."""
        return self.kit.long_command(call, importing.import_table)

    @serves(contract.LIST_TABLE_IMPORTS)
    def list_table_imports(self, call: Call) -> dict[str, Any]:
        """List imports."""
        return self.kit.query(call, import_queries.list_table_imports)

    @serves(contract.GET_TABLE_IMPORT_FILE)
    def get_table_import_file(self, call: Call) -> dict[str, Any]:
        """Return the copy of a file with the results."""
        return self.kit.query(call, import_queries.get_table_import_file)

    @serves(contract.GET_TABLE_FORM)
    def get_table_form(self, call: Call) -> dict[str, Any]:
        """Return a form."""
        return self.kit.query(call, import_queries.get_table_form)
