"""The screens, a file each. Not here: rules, SQL, folium."""
