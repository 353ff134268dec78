"""Invented firms (虚构) for measurements and tests: whole, coherent, as many as wanted, same seed same firms.

Nothing in the product needs them, so they live beside it. A firm is drawn from an expert profile that has
no sample (n = 0): what comes out is good for filling a machine, never for saying how a trade stands.

`draw(pack, count, seed)` gives answers; `bench.firms.workbooks` writes them as workbooks.

One maturity factor a firm ties its answers together (shared by scenes and figures): y = a·θ + √(1−a²)·ε,
and the level is read off the cumulative shares of the profile, so that marginal shares come back.
"""

from bench.firms.firm import draw

__all__ = ["draw"]
