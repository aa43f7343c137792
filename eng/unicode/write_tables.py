#!/usr/bin/env python3
"""Writes the Unicode table of the tokenizer: src/Decant.Text/Tokenization/Unicode/unicode-14.txt.

    python3 eng/unicode/write_tables.py

Needs a Python whose unicodedata is Unicode 14.0.0 (Python 3.11): BERT's original tokenizer is Python code, so what
Python answers is what the table has to say. The file has one [section] a property; a line is one of

    0300-036F            a range of code points that have the property
    0041-005A +32        a range with a value (lower case: the distance; combining class: the class)
    0100-012E/2 +1       the same for every second code point
    00C0 0041 0300       a code point and the sequence it becomes
"""
import sys
import unicodedata as u
from pathlib import Path

VERSION = "14.0.0"
OUT = Path(__file__).resolve().parents[2] / "src/Decant.Text/Tokenization/Unicode/unicode-14.txt"
ALL = range(0x110000)
CJK = [(0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
       (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)]  # BERT's _is_chinese_char


def removed(c):
    if c in (0x09, 0x0A, 0x0D):
        return False
    return c in (0, 0xFFFD) or u.category(chr(c)) in ("Cc", "Cf", "Cs", "Co")


def space(c):
    return not removed(c) and (u.category(chr(c)) == "Zs" or chr(c).isspace())


def punctuation(c):
    ascii_symbol = 33 <= c <= 47 or 58 <= c <= 64 or 91 <= c <= 96 or 123 <= c <= 126
    return ascii_symbol or u.category(chr(c)).startswith("P")


# Python does not tell Cased and Case_Ignorable, but its lower-casing of a capital sigma gives both away:
# a sigma is final where, ignorable characters skipped, a cased character stands before it.
def final_after(prefix):
    return (prefix + "\u03a3").lower().endswith("\u03c2")


def ignorable(c):
    return final_after("a" + chr(c)) and not final_after(chr(c))


def cased(c):
    return final_after(chr(c))


def ranges(has):
    found, start = [], None
    for c in range(0x110001):
        now = c < 0x110000 and has(c)
        if now and start is None:
            start = c
        elif not now and start is not None:
            found.append((start, c - 1))
            start = None
    return found


def hex4(c):
    return f"{c:04X}"


def span(first, last):
    return hex4(first) if first == last else f"{hex4(first)}-{hex4(last)}"


def lower_runs():
    """Simple lower-case mappings as runs of equal distance, one or two apart."""
    left = {c: ord(chr(c).lower()) - c for c in ALL if len(chr(c).lower()) == 1 and chr(c).lower() != chr(c)}
    for first in sorted(left):
        if first not in left:
            continue
        by_step = {}
        for step in (1, 2):
            last = first
            while left.get(last + step) == left[first]:
                last += step
            by_step[step] = last
        step = 2 if by_step[2] > by_step[1] and by_step[1] == first else 1
        last, distance = by_step[step], left[first]
        for c in range(first, last + 1, step):
            del left[c]
        yield f"{span(first, last)}{'/2' if step == 2 and last > first else ''} {distance:+d}"


def classes():
    start, value = None, 0
    for c in range(0x110001):
        now = u.combining(chr(c)) if c < 0x110000 else 0
        if now != value:
            if value:
                yield f"{span(start, c - 1)} {value}"
            start, value = c, now


def decompositions():
    for c in ALL:
        if 0xAC00 <= c <= 0xD7A3 or 0xD800 <= c <= 0xDFFF:  # Hangul syllables are computed
            continue
        nfd = u.normalize("NFD", chr(c))
        if nfd != chr(c):
            yield " ".join(hex4(ord(x)) for x in chr(c) + nfd)


def main():
    if u.unidata_version != VERSION:
        sys.exit(f"This Python has Unicode {u.unidata_version}; the table is made with Unicode {VERSION} (Python 3.11).")
    lines = [f"# Unicode {VERSION}, written by eng/unicode/write_tables.py. Do not edit."]

    def section(name, body):
        lines.append(f"[{name}]")
        lines.extend(body)

    section("removed", (span(*r) for r in ranges(removed)))
    section("space", (span(*r) for r in ranges(space)))
    section("punctuation", (span(*r) for r in ranges(punctuation)))
    section("cjk", (span(*r) for r in sorted(CJK)))
    section("nonspacing", (span(*r) for r in ranges(lambda c: u.category(chr(c)) == "Mn")))
    section("cased", (span(*r) for r in ranges(cased)))
    section("ignorable", (span(*r) for r in ranges(ignorable)))
    section("class", classes())
    section("lower", lower_runs())
    special = [c for c in ALL if len(chr(c).lower()) > 1]
    section("lower sequence", (" ".join(hex4(ord(x)) for x in chr(c) + chr(c).lower()) for c in special))
    section("decomposition", decompositions())
    OUT.write_text("\n".join(lines) + "\n", encoding="ascii", newline="\n")
    print(f"{OUT.name}: {len(lines)} lines, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
