"""Maakt van cliëntnummers pseudoniemen. Voor de sleutelhouder van de gemeente; zie docs/sleutelhouder.md.

    python pseudonymise.py nieuwe-sleutel sleutel.txt
    python pseudonymise.py vervang sleutel.txt bron.csv uit.csv --kolom Cliëntnummer --voorloop ZR1

Needs Python 3.9 or later and nothing else, and is no part of the product: the key is never where the data are read.
A pseudonym is HMAC-SHA-256 of the number under a secret key, its first 100 bits in base32. Without the key nobody can
make or undo one, also not by trying all numbers; with the same key the same number gives the same pseudonym.
"""

from __future__ import annotations

import sys

if __name__ == "__main__" and not (sys.flags.isolated or getattr(sys.flags, "safe_path", False)):
    sys.path.pop(0)  # a file beside this one, on a share, is not taken for a part of Python: it would see the key

import argparse
import base64
import csv
import hashlib
import hmac
import io
import os
import re
import secrets
import stat
import unicodedata
from pathlib import Path

_KEY_BYTES = 32
_PREFIX = re.compile(r"[A-Z]{1,4}[0-9]{0,3}")
_HEADERS_OF_PEOPLE = re.compile(
    r"\b(?:bsn|burgerservice\w*|(?:voor|achter|roep|geslachts)?na(?:am|men)|geboorte\w*|geb|(?:woon)?adres\w*|straat\w*"
    r"|postcode\w*|telefoon\w*|mobiel\w*|e-?mail\w*|iban|opmerking\w*|toelichting\w*|notitie\w*)\b",
    re.IGNORECASE,
)
_UNSEEN = {"Cf", "Cc", "Zs"}


class Refused(Exception):
    """What is wrong and what to do, without a value from the file."""


def main(arguments: list[str] | None = None) -> int:
    """Do what was asked; a refusal is a sentence and exit code 2."""
    parser = argparse.ArgumentParser(description="Maakt van cliëntnummers pseudoniemen.")
    tasks = parser.add_subparsers(dest="task", required=True)
    new = tasks.add_parser("nieuwe-sleutel", help="maak een sleutel in een bestand dat alleen u kunt lezen")
    new.add_argument("sleutel", type=Path)
    replace = tasks.add_parser("vervang", help="vervang een kolom door pseudoniemen")
    replace.add_argument("sleutel", type=Path)
    replace.add_argument("bron", type=Path)
    replace.add_argument("uit", type=Path)
    replace.add_argument("--kolom", required=True, action="append", help="kolom met het nummer; mag vaker")
    replace.add_argument("--weg", action="append", default=[], help="kolom die niet mee mag; mag vaker")
    replace.add_argument(
        "--mag", action="append", default=[], help="kolom die mee mag al lijkt hij over iemand te gaan"
    )
    replace.add_argument("--voorloop", default="ZR1", help="begin van elk pseudoniem")
    replace.add_argument(
        "--afdruk", help="de afdruk van de sleutel van de vorige keer; een andere sleutel wordt geweigerd"
    )
    asked = parser.parse_args(arguments)
    try:
        if asked.task == "nieuwe-sleutel":
            print(f"Sleutel gemaakt. Afdruk: {new_key(asked.sleutel)}")
        else:
            key = key_in(asked.sleutel)
            check_fingerprint(asked.sleutel, key, asked.afdruk)
            content = pseudonymised(asked.bron, key, asked.kolom, asked.weg, asked.mag, asked.voorloop)
            write_new(asked.uit, content.encode("utf-8"), 0o600)
            print(f"Klaar: {asked.uit}. Afdruk van de sleutel: {fingerprint(key)}")
    except Refused as refused:
        print(f"Geweigerd: {refused}", file=sys.stderr)
        return 2
    return 0


def new_key(path: Path) -> str:
    """Write a new random key, never over another one; gives its fingerprint."""
    key = secrets.token_bytes(_KEY_BYTES)
    write_new(path, (key.hex() + "\n").encode(), 0o600)
    remember(path, key)
    return fingerprint(key)


def key_in(path: Path) -> bytes:
    """The key in a file that nobody else can read."""
    if not path.is_file():
        raise Refused(f"er is geen sleutel in '{path}'. Maak er een met: nieuwe-sleutel.")
    if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise Refused(f"anderen kunnen de sleutel in '{path}' lezen. Doe eerst: chmod 600 '{path}'.")
    text = path.read_text(encoding="ascii", errors="replace").strip()
    if not re.fullmatch(rf"[0-9a-f]{{{2 * _KEY_BYTES}}}", text):
        raise Refused(f"in '{path}' staat geen sleutel van dit programma, of hij is beschadigd. Zet de kopie terug.")
    return bytes.fromhex(text)


def fingerprint(key: bytes) -> str:
    """Eight letters that tell keys apart and say nothing about them."""
    return hmac.new(key, b"afdruk", hashlib.sha256).hexdigest()[:8]


def remember(path: Path, key: bytes) -> None:
    """The fingerprint beside the key, so that a key that was swapped is noticed."""
    write_new(path.with_name(path.name + ".afdruk"), (fingerprint(key) + "\n").encode(), 0o600)


def check_fingerprint(path: Path, key: bytes, expected: str | None) -> None:
    """Refuse another key than the last time: everybody would become somebody else."""
    beside = path.with_name(path.name + ".afdruk")
    noted = beside.read_text(encoding="ascii").strip() if beside.is_file() else None
    for known in (noted, expected):
        if known is not None and known != fingerprint(key):
            raise Refused(
                f"dit is een andere sleutel (afdruk {fingerprint(key)}) dan de vorige keer ({known}). "
                "Iedereen zou een ander pseudoniem krijgen. Zoek de goede sleutel op."
            )
    if noted is None:
        remember(path, key)


def pseudonym(key: bytes, number: str, prefix: str) -> str:
    """The pseudonym of a number; how it was written makes no other person."""
    digest = hmac.new(key, plain(number).encode("utf-8"), hashlib.sha256).digest()
    return f"{prefix}-{base64.b32encode(digest)[:20].decode()}"


def plain(number: str) -> str:
    """A number in its one form."""
    text = unicodedata.normalize("NFKC", number).casefold()
    text = "".join(one for one in text if unicodedata.category(one) not in _UNSEEN)
    text = re.sub(r"^(\d+)[.,]0+$", r"\1", text)
    digits = re.sub(r"[.\-]", "", text)
    # Only a citizen number is written with marks inside; 2024-1 and 20241 are two clients.
    if digits.isdecimal() and (digits == text or len(digits) in (8, 9)):
        return digits.lstrip("0") or "0"
    return text


def pseudonymised(source: Path, key: bytes, columns: list[str], gone: list[str], fine: list[str], prefix: str) -> str:
    """The CSV with the columns replaced, others left as they stand; raises Refused."""
    if not _PREFIX.fullmatch(prefix):
        raise Refused("de voorloop mag alleen hoofdletters en daarna cijfers hebben, zoals ZR1.")
    rows, delimiter = rows_of(source)
    header = [name.strip() for name in rows[0]]
    for name in [*columns, *gone]:
        if header.count(name) != 1:
            raise Refused(f"kolom '{name}' staat {header.count(name)} keer in de kopregel; dat moet een keer zijn.")
    told = {*columns, *gone, *fine}
    left = [name for name in header if name not in told and _HEADERS_OF_PEOPLE.search(name)]
    if left:
        raise Refused(
            f"kolom '{left[0]}' gaat over een persoon of is vrije tekst. Laat hem weg met --weg, "
            "of zet hem bij --mag als dat niet zo is."
        )
    keyed = [header.index(name) for name in columns]
    kept = [at for at, name in enumerate(header) if name not in gone]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([header[at] for at in kept])
    for number, row in enumerate(rows[1:], 2):
        if not any(row):
            continue
        if len(row) != len(header):
            raise Refused(
                f"regel {number} heeft {len(row)} cellen en de kopregel {len(header)}. Maak de uitdraai opnieuw."
            )
        for at in keyed:
            if re.fullmatch(r"\d[.,]\d+[Ee]\+?\d+", row[at].strip()):
                raise Refused(f"regel {number}: het nummer is afgerond door Excel (1,23E+08). Zet de kolom op Tekst.")
            row[at] = pseudonym(key, row[at], prefix) if row[at].strip() else ""
        writer.writerow([row[at] for at in kept])
    return text.getvalue()


def rows_of(source: Path) -> tuple[list[list[str]], str]:
    """The rows of a CSV file, and its delimiter."""
    if not source.is_file():
        raise Refused(f"het bestand '{source}' is er niet.")
    content = source.read_bytes()
    if content[:2] in (b"PK", b"\xd0\xcf"):
        raise Refused("dit is een Excel-bestand. Bewaar het blad in Excel als 'CSV UTF-8' en gebruik dat.")
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("windows-1252", errors="replace")
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(";,\t|", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise Refused("een aanhalingsteken in het bestand wordt niet gesloten. Maak de uitdraai opnieuw.") from None
    if len(rows) < 2:
        raise Refused("er staan geen regels in het bestand.")
    return rows, delimiter


def write_new(path: Path, content: bytes, mode: int) -> None:
    """A file that was not there yet, readable for us alone from its first byte on."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    except FileExistsError:
        raise Refused(f"'{path}' bestaat al en wordt niet overschreven. Kies een andere naam.") from None
    except OSError as error:
        raise Refused(f"'{path}' is niet te schrijven ({error.strerror}).") from None
    with os.fdopen(handle, "wb") as file:
        file.write(content)


if __name__ == "__main__":
    sys.exit(main())
