"""What follows from each command: checks first, then the events. Nothing here changes the hall."""
