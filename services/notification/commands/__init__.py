"""What changes in the notification service, and why: one module an aggregate."""
