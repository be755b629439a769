"""Reports that come back as files, and what they change."""
