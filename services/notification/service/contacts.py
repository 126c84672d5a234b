"""How recipients are reached, and the wording of what they get."""

from __future__ import annotations

from typing import Any

from services.notification import contract
from services.notification.commands import contacts, templates
from services.notification.queries import contacts as contact_queries
from services.notification.queries import templates as template_queries
from services.notification.service.desk import Desk
from shared.messaging import Call, serves


class ContactEntrypoints(Desk):
    """How recipients are reached, and the wording of what they get."""

    @serves(contract.PUT_UNIT_CONTACT)
    def put_unit_contact(self, call: Call) -> dict[str, Any]:
        """Set how a unit is reached."""
        contacts.check_app(call.request, self.kit.plugins)
        return self.kit.command(call, contacts.put_unit_contact)

    @serves(contract.PUT_OFFICE_CONTACT)
    def put_office_contact(self, call: Call) -> dict[str, Any]:
        """Set how an office is reached."""
        contacts.check_app(call.request, self.kit.plugins)
        return self.kit.command(call, contacts.put_office_contact)

    @serves(contract.PUT_OWN_CONTACT)
    def put_own_contact(self, call: Call) -> dict[str, Any]:
        """Set how the trainee who asks is reached."""
        contacts.check_app(call.request, self.kit.plugins)
        return self.kit.command(call, contacts.put_own_contact)

    @serves(contract.LIST_CONTACTS)
    def list_contacts(self, call: Call) -> dict[str, Any]:
        """List contacts."""
        return self.kit.query(call, contact_queries.list_contacts)

    @serves(contract.PUT_LADDER)
    def put_ladder(self, call: Call) -> dict[str, Any]:
        """Set a ladder of channels."""
        contacts.check_ladder(call.request, self.kit.plugins)
        return self.kit.command(call, contacts.put_ladder)

    @serves(contract.LIST_LADDERS)
    def list_ladders(self, call: Call) -> dict[str, Any]:
        """List the ladders of channels."""
        return self.kit.query(call, contact_queries.list_ladders)

    @serves(contract.LIST_TEMPLATES)
    def list_templates(self, call: Call) -> dict[str, Any]:
        """List the wordings."""
        return self.kit.query(call, template_queries.list_templates)

    @serves(contract.GET_TEMPLATE)
    def get_template(self, call: Call) -> dict[str, Any]:
        """Show a wording."""
        return self.kit.query(call, template_queries.get_template)

    @serves(contract.DRAFT_TEMPLATE)
    def draft_template(self, call: Call) -> dict[str, Any]:
        """Draft a version of a wording."""
        return self.kit.command(call, templates.draft_template)

    @serves(contract.PREVIEW_TEMPLATE)
    def preview_template(self, call: Call) -> dict[str, Any]:
        """Preview a wording."""
        return self.kit.command(call, templates.preview_template)

    @serves(contract.APPROVE_TEMPLATE)
    def approve_template(self, call: Call) -> dict[str, Any]:
        """Let a draft hold."""
        return self.kit.command(call, templates.approve_template)

    @serves(contract.LIST_MESSAGE_RULES)
    def list_message_rules(self, call: Call) -> dict[str, Any]:
        """Show the table of rules."""
        return self.kit.query(call, template_queries.list_message_rules)

    @serves(contract.PUT_MESSAGE_RULE)
    def put_message_rule(self, call: Call) -> dict[str, Any]:
        """Change a rule."""
        return self.kit.command(call, templates.put_message_rule)
