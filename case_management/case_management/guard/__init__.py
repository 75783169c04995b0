"""What a request may learn, whichever function of Frappe it asks: the gate, guarded functions, what points at a record, what goes out."""
