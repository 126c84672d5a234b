"""Client of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.enrollment_commands import EnrollmentCommands
from gateway.client.enrollment_queries import EnrollmentQueries


class Enrollment(EnrollmentQueries, EnrollmentCommands):
    """选调与录取 / Enrollment."""
