"""What the sandbox answers to each request, one file per topic."""
