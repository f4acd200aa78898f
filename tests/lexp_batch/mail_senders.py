"""The command `lexp send` as a process of its own, to be killed."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.lexp_batch.mail_folders import SENDER
from tests.lexp_batch.mail_servers import HOST, PASSWORD, USER

ROOT = Path(__file__).parents[2]
LEXP = (sys.executable, "-m", "lexp_batch")


class Sender:
    """The command `lexp send` on a folder, as a process."""

    def __init__(self, folder, authority, port):
        self.arguments = ["send", "out", "--lenders", "lenders.toml", "--from", SENDER]
        self.folder = folder
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "LEXP_SMTP_HOST": HOST,
            "LEXP_SMTP_PORT": str(port),
            "LEXP_SMTP_USER": USER,
            "LEXP_SMTP_PASSWORD": PASSWORD,
            "LEXP_SMTP_CA": str(authority.file),
        }
        self.hash = json.loads(self.lexp(*self.arguments, "--format", "json").stdout)["hash"]

    def lexp(self, *arguments):
        return subprocess.run(
            [*LEXP, *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def started(self, program=LEXP):
        command = [
            *program,
            *self.arguments,
            "--send",
            "--approve",
            self.hash,
            "--a-minute",
            "6000",
        ]
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def outbox(self):
        done = self.lexp("outbox", "out", "--format", "json")
        return done.returncode, json.loads(done.stdout)


def killed(process):
    process.kill()
    process.communicate(timeout=60)


def is_at_work(process, outbox):
    """Whether the process holds the outbox: its number stands in the lock; or it has ended."""
    lock = outbox.with_name("outbox.sqlite.lock")
    if process.poll() is not None:
        return True
    return lock.exists() and lock.read_text().strip() == str(process.pid)
