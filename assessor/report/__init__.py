"""How do people read it? A `Diagnosis` becomes charts (SVG), one HTML file and a PDF."""
