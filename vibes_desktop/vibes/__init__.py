"""The Vibes HTTP API."""
