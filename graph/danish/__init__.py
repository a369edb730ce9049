"""The Danish of minutes: dates, names, bodies and phrases, as pure functions on text."""
