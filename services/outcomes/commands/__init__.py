"""What changes in the outcomes service, and why; one module an aggregate."""
