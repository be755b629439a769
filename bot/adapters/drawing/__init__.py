"""Pictures of statistics, drawn with Pillow."""
