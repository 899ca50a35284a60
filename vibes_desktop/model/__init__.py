"""What things are: plain values that every room shares."""
