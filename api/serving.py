"""The service's process: uvicorn around the app, and a single query under the same limits for the command line."""

from __future__ import annotations

import gc
import io
import json
import logging
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from typing import Any

import uvicorn
from fastapi import FastAPI
from rich.console import Console
from rich.table import Table
from rich.text import Text

from api.admission import admit
from api.daily_log import DailyLines
from api.formats import JSON, wanted
from api.gathering import GatheringProtocol
from api.settings import Settings
from api.workers import QueryRequest, WorkerLimits, WorkerPool


def serve_forever(app: FastAPI, *, host: str, port: int) -> None:
    """Serves the app until it is told to stop; the log holds no addresses and no questions, so no access log."""
    settings: Settings = app.state.settings
    sys.setswitchinterval(0.001)  # a thread that reads a long query lets the loop in after a millisecond
    app.state.warms = True
    gc.freeze()  # what stands here stays, and no request need wait while it is all looked through
    uvicorn.run(
        app,
        host=host,
        port=port,
        http=GatheringProtocol,
        log_config=log_config(settings.log, settings.log_days),
        access_log=False,
        server_header=False,
        proxy_headers=True,
        timeout_graceful_shutdown=15,
    )


class JsonLines(logging.Formatter):
    """One JSON object a line: when, how grave, who speaks, what, and what else is told.

    Of an unforeseen error only its kind and its place in our code are told: its words may quote what was asked.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line of one record."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
            **getattr(record, "told", {}),
        }
        if record.exc_info:
            kind, _, trace = record.exc_info
            told["trace"] = [
                kind.__name__ if kind else "",
                *(f"{f.name}:{f.lineno} {f.filename}" for f in extract_tb(trace)),
            ]
        return json.dumps(told, ensure_ascii=False)


def log_config(folder: Path | None = None, days: int = 30) -> dict[str, Any]:
    """Everything to standard error as JSON lines, and to files of a day each where a folder is given."""
    handlers: dict[str, Any] = {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}}
    if folder:
        handlers["days"] = {"()": DailyLines, "folder": folder, "days": days, "formatter": "lines"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": JsonLines}},
        "handlers": handlers,
        "root": {"level": "INFO", "handlers": [*handlers]},
    }


def run_query(text: str, form: str, *, store: Path, settings: Settings) -> str:
    """The answer to a SPARQL query from a worker with the service's limits; `form` is a format's name, or table."""
    admit(text)
    wish = wanted(None) if form == "table" else wanted(None, form)
    limits = WorkerLimits(memory=settings.memory)
    pool = WorkerPool(store, public=1, reserved=0, deadline=settings.deadline, limits=limits)
    try:
        answer = pool.run_blocking(QueryRequest(text, solutions=wish.solutions, triples=wish.triples))
    finally:
        pool.close_blocking()
    body = answer.body.decode("utf-8")
    return tabulated(json.loads(body)) if form == "table" and answer.format is JSON else body


def tabulated(answer: dict[str, Any]) -> str:
    """The rows of a SELECT, or the word of an ASK, for a terminal."""
    if "boolean" in answer:
        return "ja / yes" if answer["boolean"] else "nej / no"
    table = Table(show_lines=False)
    names = answer["head"]["vars"]
    for name in names:
        table.add_column(name, overflow="fold")
    for row in answer["results"]["bindings"]:
        table.add_row(*(Text(row[name]["value"] if name in row else "") for name in names))
    out = io.StringIO()
    Console(file=out, width=shutil.get_terminal_size((120, 40)).columns).print(table)
    return out.getvalue()
