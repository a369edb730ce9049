"""What was taken back or erased: the lists that every build obeys, and how a thing is taken out of everything."""
