"""Files to take away: each a function from an article and its reading to the text of a file."""
