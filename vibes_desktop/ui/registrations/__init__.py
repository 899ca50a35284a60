"""Callback registrations: where the platform sends what happens."""
