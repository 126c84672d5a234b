"""Client of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.compliance_commands import ComplianceCommands
from gateway.client.compliance_queries import ComplianceQueries


class Compliance(ComplianceQueries, ComplianceCommands):
    """学员管理 / Compliance."""
