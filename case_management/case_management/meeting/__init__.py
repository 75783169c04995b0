"""The fortnightly cycle: agenda, presence, what a held meeting changes, reviews."""
