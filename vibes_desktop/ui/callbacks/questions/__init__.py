"""What one asks of the payloads: the question itself, and the views and sheets that answer."""
