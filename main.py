"""Starts the program: no argument opens the window, a subcommand does its job and ends."""

from assessor.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
