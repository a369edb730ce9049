"""Bytes → SourceDocument, one file per format."""
