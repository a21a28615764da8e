"""Names of recipients that the program itself must know; all others are content (`recipients.csv`)."""

HEADQUARTERS = "headquarters"
