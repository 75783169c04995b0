"""Who sees whom: the rule's parts, and what gives or takes access."""
