"""Who looked at a client's record: which requests are looks, and the log of them."""
