"""What a report says, in words, as data and as a table: the same wherever it is read."""
