"""What operators need: backup and restore, figures for monitoring, the log, and a doctor who says what is wrong."""
