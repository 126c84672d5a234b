"""The embedded stack: everything Diaoxun is, in one process and one child, for a laptop and for tests."""
