"""The roadmap in the window: what is wanted, the plan as it is worked out, and what becomes of it."""
