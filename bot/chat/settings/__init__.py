"""`/settings`: its pages, what can be typed, and what is wrong with what was typed."""
