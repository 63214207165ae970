"""Whom an article names: capitalised runs, the figures behind them, and the places that mention them."""
