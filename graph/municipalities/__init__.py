"""The municipalities: the official list, and what is local to one of them (codes of bodies, their kinds, their aliases)."""
