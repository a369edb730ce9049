"""The questions people ask, one .rq file each: from its header come command, path, CSV, page and test."""
