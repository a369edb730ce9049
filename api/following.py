"""Following the version in force: the engine goes over to a new one, and a request whose version went is answered anew.

A version is kept while the next one is in force, so what runs on it can end. Two that are published in one breath, or a
withdrawal, which destroys older versions at once, may take a version away under a request all the same.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3

from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.errors import StoreError
from graph.store import current

WATCH_SECONDS = 0.25
_LOG = logging.getLogger("sagsgraf.service")
_GONE = (FileNotFoundError, NotADirectoryError, sqlite3.OperationalError)  # what a file beside the store then raises


async def follow_versions(app: FastAPI) -> None:
    """Looks again and again whether another version is in force, and sends the workers to it."""
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        await follow(app)


async def follow(app: FastAPI) -> None:
    """Sends the workers to the version in force, if they are not there; one change at a time."""
    async with app.state.following:
        try:
            version = current(app.state.settings.data)
            if version.number != app.state.version:
                await app.state.pool.switch(version.store)
                app.state.version = version.number
                _LOG.info("another version", extra={"told": {"version": version.number}})
        except StoreError as error:
            _LOG.warning("the version in force cannot be changed to: %s", error.english)


class Anew:
    """An app around another that asks it again, where the version that it read went away and nothing has been sent."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from the version in force, or from the next one."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        sent = False
        again: Scope = dict(scope)  # as it came: those inside write into theirs
        app: FastAPI = scope["app"]
        before = getattr(app.state, "version", None)

        async def sending(message: Message) -> None:
            nonlocal sent
            sent = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except _GONE:
            if not sent:
                await follow(app)
            if sent or app.state.version == before:
                raise
            await self.app(again, receive, send)
