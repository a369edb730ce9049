"""The service and the command line over a built graph."""
