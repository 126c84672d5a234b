"""What can be read from the outcomes service; one module an aggregate."""
