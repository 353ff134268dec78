"""How is a pack written in Excel? The files of a pack ↔ one workbook, both ways without loss.

What sheets and columns there are follows from the schema of the pack's records (`shape`); only their
Chinese names are written down (`names`).
"""
