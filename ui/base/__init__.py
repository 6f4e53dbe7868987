"""What every part of the window stands on: colours, actions, tasks, the open register, remembered state.

Belongs here: what knows no screen. May be imported by every other room of `ui`; imports none of them.
"""
