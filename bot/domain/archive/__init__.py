"""Files of reports: their front matter, their weeks, and changes carried over into them."""
