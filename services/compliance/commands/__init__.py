"""What changes in the compliance service, one module an aggregate."""
