"""Outcomes: questions for lecturers, and later research reports and policy proposals."""
