"""What changes scheduling's state; one transaction each."""
