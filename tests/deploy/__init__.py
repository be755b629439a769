"""What the folder `deploy` says, and a trial of it from nothing."""
