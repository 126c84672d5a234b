"""Entrypoints of blind reviews, each one line into a command or a query."""

from __future__ import annotations

from typing import Any

from services.outcomes import contract
from services.outcomes.assigning import Assigner
from services.outcomes.commands import objections, panels, reviewing, reviews
from services.outcomes.limits import policy_table
from services.outcomes.queries import reviews as queries
from shared.messaging import Call, serves
from shared.runtime import Kit


class ReviewEntrypoints:
    """Panels, reviews, objections."""

    kit: Kit

    @serves(contract.PUT_PANEL)
    def put_review_panel(self, call: Call) -> dict[str, Any]:
        """Set the reviewers of a term."""
        return self.kit.command(call, panels.put_review_panel)

    @serves(contract.GET_PANEL)
    def get_review_panel(self, call: Call) -> dict[str, Any]:
        """Show the reviewers of a term."""
        return self.kit.query(call, queries.get_review_panel)

    @serves(contract.ASSIGN_REVIEWS)
    def assign_reviews(self, call: Call) -> dict[str, Any]:
        """Assign reviews."""
        assigner = self._assigner()
        return self.kit.command(call, lambda tx, request: reviews.assign_reviews(tx, request, assigner))

    @serves(contract.LIST_REVIEWS)
    def list_reviews(self, call: Call) -> dict[str, Any]:
        """List reviews."""
        return self.kit.query(call, queries.list_reviews)

    @serves(contract.GET_REVIEW)
    def get_review(self, call: Call) -> dict[str, Any]:
        """Show a review."""
        return self.kit.query(call, queries.get_review)

    @serves(contract.GET_REVIEW_FILE)
    def get_review_file(self, call: Call) -> dict[str, Any]:
        """Return the report without its author."""
        return self.kit.query(call, queries.get_review_file)

    @serves(contract.RETURN_REVIEW)
    def return_review(self, call: Call) -> dict[str, Any]:
        """Take a review back."""
        assigner = self._assigner()
        return self.kit.command(call, lambda tx, request: reviewing.return_review(tx, request, assigner))

    @serves(contract.DECLINE_REVIEW)
    def decline_review(self, call: Call) -> dict[str, Any]:
        """Ask somebody else."""
        assigner = self._assigner()
        return self.kit.command(call, lambda tx, request: reviewing.decline_review(tx, request, assigner))

    @serves(contract.OBJECT_TO_GRADE)
    def object_to_grade(self, call: Call) -> dict[str, Any]:
        """Take an objection."""
        return self.kit.command(call, objections.object_to_grade)

    @serves(contract.DECIDE_OBJECTION)
    def decide_objection(self, call: Call) -> dict[str, Any]:
        """Decide on an objection."""
        assigner = self._assigner()
        return self.kit.command(call, lambda tx, request: objections.decide_objection(tx, request, assigner))

    def _assigner(self) -> Assigner:
        slug = policy_table().on(self.kit.clock.today())["review.assignment"].value
        return Assigner(self.kit.plugins, str(slug))
