"""What changes in the enrollment service, by aggregate."""
