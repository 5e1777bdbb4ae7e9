"""Who was erased and must stay out: a keyed hash of each pseudonym, never the pseudonym itself.

closed/rights/erased   one hash per line, sorted, so that the order tells nothing
closed/rights/secret   the key of the hashes; whoever has it can ask whether a pseudonym that he knows was erased

Both are personal data as long as the municipality can make pseudonyms (PRIVACY.md).
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from data_contracts.errors import StudyError
from pipelines.storage.platform import write_whole


class Suppressed:
    """The erased people of one home; `is_kept` says whether who is added is written down."""

    def __init__(self, directory: Path, *, is_kept: bool = True) -> None:
        self.directory, self.is_kept = directory, is_kept
        self.file, self._secret_file = directory / "erased", directory / "secret"
        self._hashes = set(self.file.read_text(encoding="ascii").split()) if self.file.exists() else set[str]()

    @property
    def is_empty(self) -> bool:
        """Whether nobody was erased."""
        return not self._hashes

    def among(self, pseudonyms: Iterable[str]) -> set[str]:
        """Those of `pseudonyms` that were erased, however they are written: with spaces, capitals, wide letters."""
        return {one for one in pseudonyms if self._hash(one) in self._hashes} if self._hashes else set()

    def with_more(self, pseudonyms: Iterable[str]) -> bytes:
        """What the list will hold once these are erased too."""
        hashes = self._hashes | {self._hash(one) for one in pseudonyms}
        return "".join(f"{one}\n" for one in sorted(hashes)).encode("ascii")

    def add(self, pseudonyms: Iterable[str]) -> None:
        """From now on these stay out too."""
        content = self.with_more(pseudonyms)
        self._hashes = set(content.decode("ascii").split())
        if self.is_kept:
            write_whole(self.file, content)

    def _hash(self, pseudonym: str) -> str:
        return hmac.digest(self._secret(), _as_one(pseudonym).encode("utf-8"), "sha256").hex()

    def _secret(self) -> bytes:
        """The key of this home's list, made for its first line."""
        if not self._secret_file.exists():
            if self._hashes:
                raise StudyError(
                    f"{self._secret_file} is weg, dus niet te zeggen is wie er gewist is. Zet de map closed/rights "
                    "terug uit een reservekopie; tot dan wordt er niets gelezen."
                )
            write_whole(self._secret_file, secrets.token_bytes(32))
            self._secret_file.chmod(0o600)
        return self._secret_file.read_bytes()


def _as_one(pseudonym: str) -> str:
    """One writing of a pseudonym: what looks alike is alike, and what is not seen is not there."""
    seen = (one for one in unicodedata.normalize("NFKC", pseudonym) if unicodedata.category(one)[0] not in "CZ")
    return unicodedata.normalize("NFKC", "".join(seen).casefold())
