"""Frames in, folium out: the map page and what is drawn on it. No streamlit, no SQL."""
