"""A maker of municipalities that do not exist, with all that is true of them."""
