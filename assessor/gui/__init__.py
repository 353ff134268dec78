"""How do people drive the program with eyes and hands? The window; no rules of the domain in here."""
