r"""Units of siunitx in LaTeX: `\SI{5}{\micro\metre}` is 5 µm."""

from __future__ import annotations

import re

from tui.sources.unicode_scripts import to_superscript

_PREFIXES = {
    "pico": "p", "nano": "n", "micro": "µ", "milli": "m", "centi": "c", "deci": "d", "hecto": "h",
    "kilo": "k", "mega": "M", "giga": "G", "tera": "T", "peta": "P", "femto": "f", "atto": "a",
}  # fmt: skip
_UNITS = {
    "meter": "m", "metre": "m", "second": "s", "gram": "g", "kilogram": "kg", "ampere": "A",
    "kelvin": "K", "mole": "mol", "candela": "cd", "hertz": "Hz", "newton": "N", "pascal": "Pa",
    "joule": "J", "watt": "W", "coulomb": "C", "volt": "V", "farad": "F", "ohm": "Ω",
    "siemens": "S", "weber": "Wb", "tesla": "T", "henry": "H", "lumen": "lm", "lux": "lx",
    "becquerel": "Bq", "gray": "Gy", "sievert": "Sv", "electronvolt": "eV", "liter": "L",
    "litre": "L", "minute": "min", "hour": "h", "day": "d", "tonne": "t", "angstrom": "Å",
    "parsec": "pc", "dalton": "Da", "decibel": "dB", "degreeCelsius": "°C", "celsius": "°C",
    "degree": "°", "arcminute": "′", "arcsecond": "″", "percent": "%", "um": "µm", "us": "µs",
    "astronomicalunit": "au",
}  # fmt: skip
_POWERS = {"squared": "²", "cubed": "³", "square": "²", "cubic": "³"}
_BEFORE_UNIT = frozenset(("square", "cubic"))
_COMMAND = re.compile(r"\\([A-Za-z]+)|([^\\{}\s~]+)")


def units_to_text(source: str) -> str:
    """Return the units in the argument of a command: `\\kilo\\metre\\per\\second` is `km/s`.

    Other words are units in letters: `kg.m^2`, `\\mm`.
    """
    out, power = "", ""
    is_new = True
    for name, letters in _COMMAND.findall(source):
        if name == "per":
            out, is_new = out + "/", True
        elif name in _BEFORE_UNIT:
            power = _POWERS[name]
        elif name in _POWERS:
            out += _POWERS[name]
        else:
            gap = "" if is_new or letters else " "
            prefix = _PREFIXES.get(name, "")
            unit = prefix or _UNITS.get(name, name) or letters.replace(".", " ")
            out, is_new = f"{out}{gap}{unit}", bool(prefix)
            if not prefix:
                out, power = out + power, ""
    return out


def number_to_text(source: str) -> str:
    """Return the number in the argument of a command: `1.5e-3` is 1.5 × 10⁻³."""
    digits, _, exponent = source.replace("+-", " ± ").partition("e")
    if not exponent:
        return digits
    high = to_superscript(exponent) or exponent
    return f"{digits} × 10{high}" if digits else f"10{high}"
