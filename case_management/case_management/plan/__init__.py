"""Plans, goals, steps and strategies, and how far a client has come."""
