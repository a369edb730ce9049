"""The service's log as files of a day each, kept for so many days and no longer."""

from __future__ import annotations

import logging
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class DailyLines(logging.Handler):
    """Writes each record as a line of `FOLDER/<day>.jsonl`, and drops the files of days that are too old."""

    def __init__(self, folder: Path, days: int) -> None:
        super().__init__()
        self.folder = folder
        self.days = days
        self.swept: date | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Writes one record; on a new day the old files go first."""
        try:
            today = datetime.fromtimestamp(record.created, UTC).date()
            if today != self.swept:
                self.folder.mkdir(parents=True, exist_ok=True)
                drop_old(self.folder, today, days=self.days)
                self.swept = today
            with (self.folder / f"{today.isoformat()}.jsonl").open("a", encoding="utf-8") as out:
                out.write(f"{self.format(record)}\n")
        except OSError:
            self.handleError(record)


def drop_old(folder: Path, today: date, *, days: int) -> list[Path]:
    """Deletes the logs of days that lie so many days back; gives what went. Other files stay."""
    first = today - timedelta(days=days - 1)
    old = [
        path for path in sorted(folder.glob("*.jsonl")) if _DAY.fullmatch(path.stem) and path.stem < first.isoformat()
    ]
    for path in old:
        path.unlink()
    return old
