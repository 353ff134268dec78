"""What next, in which quarter, with what money and which support?"""
