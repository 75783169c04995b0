"""How long a record is kept, requests about it, its bundle, its disposal, its statistical key."""
