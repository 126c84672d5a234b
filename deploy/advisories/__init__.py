"""Known vulnerabilities of what is locked: asked of an advisory service, or read from advisories brought along."""
