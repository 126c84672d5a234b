"""Compliance: briefings before a term, and later attendance, leave, travel and return to post."""
