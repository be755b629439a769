"""Picture files: what they really are, and the place that they tell, cut out."""
