"""Workbooks that people open in a spreadsheet program: safe to open, safe to read."""
