"""What clients think of the service, and what the service made of it."""
