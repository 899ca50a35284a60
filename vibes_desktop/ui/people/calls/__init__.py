"""Sheets and flows for the calls that support gets: stop, opt in, another number, why texted."""
