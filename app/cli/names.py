"""The names of the commands: light to load, so that the window can tell a command from a register."""

COMMANDS = frozenset("init demo import judge lookup show work letters undo check".split())
