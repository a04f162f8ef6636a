"""What readers and subscribers will see change between two commits."""
