"""The categories under which functions are listed, where more than one file has some of one."""

NOTES_AND_EXCHANGE = "Notes and exchange"
WHOLE_DEAL = "Whole deal"
