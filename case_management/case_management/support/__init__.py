"""What goes on besides: rights, safety, referrals with consent, unmet need, stages and stays."""
