"""What did this firm say, what was seen on site, what is missing, what contradicts what?"""
