"""What the pages show, as frozen dataclasses made from rows of the graph; no HTTP and no HTML."""
