"""What every client record has in common, and how it says no."""
