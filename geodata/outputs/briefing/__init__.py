"""A briefing as a file: PDF, slides, report, workbook; ``files`` names them all."""
