"""Assessments over life domains, what is kept apart of them, and who contributes."""
