"""SourceDocument → Minutes: one file per kind of fact, pure functions on text."""
