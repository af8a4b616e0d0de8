"""Mirrors the rooms; ``acceptance`` holds the published audit, a real terminal and a real database."""
