"""The report as a Word document that a consultant goes on editing: real styles, headings, tables."""
