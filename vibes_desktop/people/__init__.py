"""The support agent's work without a screen."""
