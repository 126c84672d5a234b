"""Objects of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations
