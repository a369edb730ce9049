"""The commands of `sagsgraf`, by what they are for."""
