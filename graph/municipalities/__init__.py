"""The municipalities: the official list, and what is local to one (codes of bodies, their kinds and aliases)."""
