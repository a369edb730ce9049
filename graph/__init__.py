"""Sagsgraf: minutes of Danish municipal bodies as a knowledge graph (see README.md)."""

__version__ = "0.1.0"
