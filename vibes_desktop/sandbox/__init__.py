"""A simulated Vibes platform on the loopback interface."""
