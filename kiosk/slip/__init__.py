"""What stands on a paper, from the hall's facts to ESC/POS bytes."""
