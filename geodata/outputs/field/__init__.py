"""Field sheets: what a visitor takes along, as PDF and as a workbook that comes back."""
