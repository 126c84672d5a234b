"""What is read from scheduling."""
