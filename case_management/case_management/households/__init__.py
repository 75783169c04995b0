"""Who belongs together, and what is written for several of them at once."""
