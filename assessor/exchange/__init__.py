"""How does an assessment travel in Excel? One description of the workbook, one writer, one reader."""
