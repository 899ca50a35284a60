"""The local HTTP endpoint that receives callbacks."""
