"""The catalogue that open-data portals harvest."""
