"""What can be read from the compliance service, one module an aggregate."""
