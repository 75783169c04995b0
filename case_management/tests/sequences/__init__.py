"""Random sequences of what people do through whole cases, and the rules that hold after each step."""
