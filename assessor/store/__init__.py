"""What must never be lost? SQLite: firms, assessments, and the append-only log of answers."""
