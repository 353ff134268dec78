"""Starts the program: no argument opens the window, a subcommand does its job and ends."""

from multiprocessing import freeze_support

from assessor.cli import main

if __name__ == "__main__":
    freeze_support()
    raise SystemExit(main())
