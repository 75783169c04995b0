"""From first contact to the decision: response, waiting list, likely matches, acceptance."""
