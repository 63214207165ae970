"""The one part of the package that imports Streamlit."""
