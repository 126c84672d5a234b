"""The year's figures, and the files for the archive."""

from __future__ import annotations

from typing import Any

from services.enrollment import contract
from services.enrollment.queries import exports, figures
from services.enrollment.queries import trainee_lists as lists
from services.enrollment.service.desk import Desk
from shared.messaging import Call, serves


class FigureEntrypoints(Desk):
    """The year's figures, and the files for the archive."""

    @serves(contract.GET_ENROLLMENT_FIGURES)
    def get_enrollment_figures(self, call: Call) -> dict[str, Any]:
        """Return the year's figures."""
        return self.kit.query(call, figures.get_enrollment_figures)

    @serves(contract.EXPORT_ENROLLMENT_FILES)
    def export_enrollment_files(self, call: Call) -> dict[str, Any]:
        """Return the files of a term."""
        return self.kit.query(call, exports.export_enrollment_files)

    @serves(contract.GET_TRAINEE_LIST)
    def get_trainee_list(self, call: Call) -> dict[str, Any]:
        """Return one of the lists of a term."""
        return self.kit.query(call, lists.get_trainee_list)

    @serves(contract.GET_MY_ENROLLMENT)
    def get_my_enrollment(self, call: Call) -> dict[str, Any]:
        """Show a trainee their own."""
        return self.kit.query(call, lists.get_my_enrollment)
