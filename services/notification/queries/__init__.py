"""What can be read from the notification service."""
