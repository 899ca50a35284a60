"""Profiles, sign-in and the connection ladder."""
