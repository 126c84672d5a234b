"""What somebody puts where a path wants an identifier."""

from __future__ import annotations

HOSTILE = (
    "..%2f", "%2e%2e", "..%2f..%2fplans", "%2e%2e%2f%2e%2e%2fsession", "%00", "x%00y", "$where", "%24ne", "%ff",
    "%7B%22%24ne%22%3A%22%22%7D", "x%0d%0aX-A:%20b", "x" * 300, "x" * 6000,
)  # fmt: skip
"""As they stand in the request line: steps out of a folder, zero bytes, operators, what is no UTF-8, overlong ones."""
