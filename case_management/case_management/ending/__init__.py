"""Exit planning, closure and what has to be dealt with before it."""
