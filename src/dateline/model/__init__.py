"""Frozen values that everything else passes around; imports nothing from above."""
