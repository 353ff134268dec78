"""How mature is the firm under each model, and why?"""
