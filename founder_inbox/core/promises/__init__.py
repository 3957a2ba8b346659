"""Dates we give: found in our own words, and when they fall due."""
