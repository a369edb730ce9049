"""Following the version in force: the engine goes over to a new one, and a request whose version went is answered anew.

What reads a version holds it, so that it can end: no builder removes it meanwhile. A withdrawal or an erasure waits for
a while only, and may take a version away under a request all the same.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import ExitStack, nullcontext

from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.errors import StoreError
from graph.holding import Held
from graph.store import Version, current

WATCH_SECONDS = 0.25
_LOG = logging.getLogger("sagsgraf.service")
_GONE = (FileNotFoundError, NotADirectoryError, sqlite3.OperationalError)  # what a file beside the store then raises


class Reading:
    """A version that requests read: held while it is in force here, and then until the last of them is done."""

    def __init__(self, version: Version) -> None:
        self._held = Held(version.folder)
        self._requests = 0
        self._over = False

    def __enter__(self) -> Reading:
        """A request begins."""
        self._requests += 1
        return self

    def __exit__(self, *failure: object) -> None:
        """A request is done."""
        self._requests -= 1
        self._let_go()

    def close(self) -> None:
        """No more requests begin."""
        self._over = True
        self._let_go()

    def _let_go(self) -> None:
        if self._over and not self._requests:
            self._held.release()


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
                await change_to(app, version)
                _LOG.info("another version", extra={"told": {"version": version.number}})
        except StoreError as error:
            _LOG.warning("the version in force cannot be changed to: %s", error.english)


async def change_to(app: FastAPI, version: Version) -> None:
    """Has the workers and every new request read another version; it is held before the old one is let go."""
    with ExitStack() as no_longer:
        reading = Reading(version)
        no_longer.callback(reading.close)
        await app.state.pool.switch(version.store)
        before, app.state.reading, app.state.version = app.state.reading, reading, version.number
        no_longer.pop_all()
        before.close()


class Anew:
    """An app around another that asks it again, where the version that it read went away and nothing has been sent."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from the version in force, or from the next one."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with getattr(scope["app"].state, "reading", None) or nullcontext():
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
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
