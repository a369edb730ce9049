"""What things are called, and what is the same thing in another meeting."""
