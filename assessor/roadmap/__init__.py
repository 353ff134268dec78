"""What next, in which quarter, with what money? The plan that is provably the best the money can buy."""
