"""Readings as pandas tables, one module a page: what the charts draw and the CSV files hold."""
