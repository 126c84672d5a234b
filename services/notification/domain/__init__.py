"""Pure rules of notification: numbers, letters, who is owed which letter, deliveries."""
