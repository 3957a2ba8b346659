"""Puts the switch on: Python finds this before the program starts, if the folder is on its path."""

import atexit

from tests.faults.switch import from_environment

switch = from_environment()
if switch is not None:
    atexit.register(switch.tell)
