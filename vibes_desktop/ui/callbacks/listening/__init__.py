"""Receiving callbacks: the button, its sheet, and what arrives."""
