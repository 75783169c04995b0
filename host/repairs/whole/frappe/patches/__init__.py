"""The patches of the framework itself are not in the package; a new site needs none."""
