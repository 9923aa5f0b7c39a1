"""The model: units, sites, evidence, status, and their store. No streamlit, no folium."""
