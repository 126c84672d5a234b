"""QR codes for letters and certificates."""

from __future__ import annotations

import io

import segno


def qr_svg(text: str) -> str:
    """Return a QR code (ISO/IEC 18004) with error correction M and its quiet zone, as SVG."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False, boost_error=False).save(out, kind="svg", xmldecl=False, border=4)
    return out.getvalue().decode()
