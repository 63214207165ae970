"""Figures: each a function from a table to a plotly figure."""
