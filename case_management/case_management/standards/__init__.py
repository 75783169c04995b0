"""The checks of the practice standards: each finds, in the records, what should have evidence and what has it."""
