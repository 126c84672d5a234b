"""Roster files as bytes: looking inside safely, reading rows, writing the annotated copy."""
