"""The Dutch of Python's own argument parser: its sentences, by the English that it asks for."""

import argparse

_SENTENCES = {
    "usage: ": "gebruik: ",
    "positional arguments": "wat erbij hoort",
    "options": "keuzes",
    "show this help message and exit": "toont deze uitleg",
    "the following arguments are required: %s": "dit ontbreekt: %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r bestaat niet; kies uit %(choices)s",
    "expected one argument": "er hoort één waarde achter",
    "expected at least one argument": "er hoort een waarde achter",
    "unrecognized arguments: %s": "onbekend: %s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s kan meer betekenen: %(matches)s",
    "ignored explicit argument %r": "de waarde %r hoort hier niet",
}


def speak_dutch() -> None:
    """Let the parser speak Dutch; it looks its sentences up in one function of its module."""
    setattr(argparse, "_", lambda sentence: _SENTENCES.get(sentence, sentence))  # noqa: B010 - it has no type
