"""How do people drive the program with eyes and hands? The window; no rules of the domain in here."""

from assessor.gui.holdnone import hold_none

hold_none()
