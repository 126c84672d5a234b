"""What is read from the enrollment service."""
