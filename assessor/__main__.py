"""`python -m assessor` is the same as `assessor`."""

from assessor.cli import main

raise SystemExit(main())
