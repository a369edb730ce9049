"""The network view: who and what is connected, by which sentences."""
