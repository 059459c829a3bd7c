"""What must be in a memory after a crash, in the plainest way.

A line of the input is a unit: (language, text) of each of its variants, the
source first. Lines with the same source are one unit, which gains the variants
of each in turn. So after a crash a unit may have the variants of its first
line, of its first two, ...: anything else is half a unit, or a lost one.
"""

import json
import unicodedata

LANGUAGES = ("en", "zh", "es")


def unescape(cell):
    """As docs/formats/tsv.md says."""
    text, rest = "", cell
    known = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    while rest:
        before, found, rest = rest.partition("\\")
        text += before
        if found and rest[:1] in known:
            text += known[rest[0]]
            rest = rest[1:]
        else:
            text += found
    return text


def parse_tsv_line(line):
    """The variants of a line whose columns are LANGUAGES; None where one has no
    text."""
    cells = [unescape(cell) for cell in line.split("\t")]
    if len(cells) != len(LANGUAGES) or not all(cells):
        return None
    return list(zip(LANGUAGES, cells))


def source_of(variants):
    """What the unit's id is made of: the source's text in NFC."""
    return unicodedata.normalize("NFC", variants[0][1])


class Model:
    """Which states of which units are allowed."""

    def __init__(self):
        self._states = {}  # By source: the variants after each of its lines.
        self._reached = {}  # By source: how many of the states are certain.

    def add_line(self, variants):
        """A line that will be imported; the position of its state."""
        states = self._states.setdefault(source_of(variants), [])
        merged = list(states[-1]) if states else []
        merged += [variant for variant in variants if variant not in merged]
        states.append(merged)
        return source_of(variants), len(states)

    def acknowledge(self, line):
        """From now on the state that `line` (of add_line) leads to, or a later
        one, must be there."""
        source, count = line
        self._reached[source] = max(self._reached.get(source, 0), count)

    def forget(self):
        """The memory is empty again."""
        self._reached.clear()

    def acknowledged_count(self):
        return len(self._reached)

    def sources(self):
        return list(self._reached)

    def check(self, exported):
        """The problems of an export in JSON lines. What is there becomes
        certain: it must be there after the next crash, too."""
        problems = []
        seen = set()
        for line in exported.splitlines():
            unit = json.loads(line)
            variants = [(v["language"], v["text"]) for v in unit["variants"]]
            source = source_of(variants)
            seen.add(source)
            problems += self._check_unit(source, variants)
        problems += [f"lost: {source}" for source in self._reached
                     if source not in seen]
        return problems

    def _check_unit(self, source, variants):
        states = self._states.get(source)
        if states is None:
            return [f"nobody has written this: {variants}"]
        at_least = self._reached.get(source, 0)
        # From the last one, because a repeated line leads to an equal state.
        for count in range(len(states), 0, -1):
            if variants != states[count - 1]:
                continue
            if count < at_least:
                return [f"older than what was acknowledged: {variants}"]
            self._reached[source] = count
            return []
        return [f"half a unit: {variants}"]
