"""The titles of web pages, asked for without letting an address reach inward."""
