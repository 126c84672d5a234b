"""Looking at pages: pictures for people, and what a page owes somebody who cannot see it."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page


def shoot(page: Page, name: str, folder: Path, *, whole: bool = True) -> bytes:
    """Take the picture; it is kept where ``DIAOXUN_PICTURES`` says, for people to look at."""
    kept = Path(os.environ.get("DIAOXUN_PICTURES", folder))
    kept.mkdir(parents=True, exist_ok=True)
    return page.screenshot(path=kept / f"{name}.png", full_page=whole)


def unnamed(page: Page) -> list[str]:
    """Return the fields, buttons, links and pictures without a name, and identifiers that stand twice."""
    found: list[str] = page.evaluate(
        """() => {
          const bad = [];
          const named = (each) => each.getAttribute('aria-label') || each.title || each.textContent.trim() ||
            [...each.querySelectorAll('img')].some((img) => img.alt);
          document.querySelectorAll('input:not([type=hidden]), select, textarea').forEach((each) => {
            if (!each.labels?.length && !each.getAttribute('aria-label')) bad.push(each.outerHTML.slice(0, 80));
          });
          document.querySelectorAll('a[href], button').forEach((each) => {
            if (!named(each)) bad.push(each.outerHTML.slice(0, 80));
          });
          document.querySelectorAll('img:not([alt])').forEach((each) => bad.push(each.outerHTML.slice(0, 80)));
          document.querySelectorAll('meter, svg[role=img]').forEach((each) => {
            if (!each.matches('[aria-label], [aria-labelledby]')) bad.push(each.outerHTML.slice(0, 80));
          });
          const ids = [...document.querySelectorAll('[id]')].map((each) => each.id);
          ids.forEach((id, place) => { if (ids.indexOf(id) !== place) bad.push('twice: ' + id); });
          return bad;
        }"""
    )
    return found
