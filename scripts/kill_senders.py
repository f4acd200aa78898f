"""Kills `lexp send`, at work, 200 times at random moments against Debian's exim, and counts.

What exim took, by its own log, is held against what the outbox says: nothing twice, nothing sent
that the outbox does not list as sent or unknown, nothing `sent` that exim did not take. Each round
is one outbox: some kills, then a run to the end.

    scripts/kill_senders.py [--kills N] [--seed N]

exim is installed where it is missing (Debian, as root) and runs from a folder of its own, on a
high port of 127.0.0.1, with STARTTLS and a login; it keeps what it takes and delivers nothing.
"""

import argparse
import contextlib
import os
import pwd
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from lexp_batch.outbox import Outbox  # noqa: E402
from tests.lexp_batch.mail_folders import lenders_file, write_deal  # noqa: E402
from tests.lexp_batch.mail_senders import Sender, is_at_work, killed  # noqa: E402
from tests.lexp_batch.mail_servers import (  # noqa: E402
    HOST,
    PASSWORD,
    USER,
    Authority,
    free_port,
    wait_until,
)

PACKAGE, EXIM, EXIM_USER = "exim4-daemon-light", "/usr/sbin/exim4", "Debian-exim"
KILLS_A_ROUND = 5
LATEST = 1.5  # seconds after the sender has taken its lock
TAKEN = re.compile(r" <= .* id=(\S+)$", re.M)
# In every other second a message waits for its answer, so that kills find one on its way.
CONFIGURATION = """\
primary_hostname = mail.test.example
local_interfaces = {host}
daemon_smtp_ports = {port}
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/spool/pid
queue_only = true
tls_advertise_hosts = *
tls_certificate = {folder}/certificate.pem
tls_privatekey = {folder}/certificate.pem
auth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}
host_lookup =
rfc1413_hosts =
smtp_accept_max = 50
acl_smtp_rcpt = on_recipient
acl_smtp_data = on_text
begin acl
on_recipient:
  accept authenticated = *
  deny
on_text:
  warn condition = ${{if eq{{${{eval:$tod_epoch%2}}}}{{0}}}}
       delay = 1s
  accept
begin routers
nobody:
  driver = accept
  transport = nowhere
begin transports
nowhere:
  driver = appendfile
  file = /dev/null
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{user}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
"""


def install_exim():
    """As the tests' own script does: on Debian as root; else it says what is missing."""
    if os.path.exists(EXIM):
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        sys.exit(f"not there: {PACKAGE}; to get it: sudo apt-get install {PACKAGE}")
    print("installing", PACKAGE, file=sys.stderr)
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", PACKAGE]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    quiet = {"env": environment, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    if subprocess.run(install, **quiet).returncode:
        subprocess.run(["apt-get", "update", "--quiet"], check=True, **quiet)
        subprocess.run(install, check=True, **quiet)


@contextlib.contextmanager
def running_exim(folder, authority):
    """The port of an exim of our own; it ends with the `with`."""
    port, owner = free_port(), pwd.getpwnam(EXIM_USER)
    for name in ("spool", "log"):
        (folder / name).mkdir()
    authority.context()  # its file is the newest
    newest = max(authority.folder.glob("[0-9]*.pem"), key=lambda each: each.stat().st_mtime_ns)
    shutil.copy(newest, folder / "certificate.pem")
    text = CONFIGURATION.format(folder=folder, host=HOST, port=port, user=USER, password=PASSWORD)
    (folder / "exim.conf").write_text(text)
    for each in (folder, *folder.rglob("*")):
        os.chown(each, owner.pw_uid, owner.pw_gid)
    os.chown(folder / "exim.conf", 0, 0)
    with open(folder / "said", "wb") as said:
        process = subprocess.Popen(
            [EXIM, "-C", str(folder / "exim.conf"), "-bdf"], stdout=said, stderr=said
        )
    try:
        wait_until(lambda: (folder / "spool" / "pid").exists() or process.poll() is not None)
        if process.poll() is not None:
            sys.exit(f"exim did not start: {(folder / 'said').read_text()}")
        yield port
    finally:
        process.terminate()
        process.wait(30)


def taken_by(folder):
    """How often exim took each Message-ID."""
    log = folder / "log" / "mainlog"
    text = log.read_text("utf-8", "replace") if log.exists() else ""
    return Counter(f"<{each}>" for each in TAKEN.findall(text))


def a_round(sender, outbox, moments, kills):
    """Some kills and a run to the end; (kills at work, what the outbox lists, what was said).

    A sender that has done all before its moment was not killed, and ends the round.
    """
    for each in outbox.parent.glob("outbox.sqlite*"):
        each.unlink()
    at_work = 0
    for _ in range(kills):
        process = sender.started()
        wait_until(lambda here=process: is_at_work(here, outbox), 60)
        time.sleep(moments.uniform(0, LATEST))
        is_at_it = process.poll() is None
        killed(process)
        at_work += is_at_it
        if not is_at_it:
            break
    time.sleep(1.5)  # exim may still be writing what it took from the last one
    process = sender.started()
    said = process.communicate(timeout=120)
    with Outbox(outbox) as opened:
        listed = opened.entries()
    unknown = any(each.state == "unknown" for each in listed)
    assert "Traceback" not in said[1] and process.returncode == (1 if unknown else 0), said
    return at_work, listed, said[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    install_exim()
    with tempfile.TemporaryDirectory(prefix="lexp-kills-") as name:
        os.chmod(name, 0o755)
        folder = Path(name)
        for each in ("authority", "exim"):
            (folder / each).mkdir()
        write_deal(folder / "out")
        lenders_file(folder)
        authority = Authority(folder / "authority")
        with running_exim(folder / "exim", authority) as port:
            sender = Sender(folder, authority, port)
            return report(*trials(asked, sender, folder))


def trials(asked, sender, folder):
    """(counts, what exim took)."""
    moments, counts = random.Random(asked.seed), Counter()
    listed_by_id, unreported = {}, 0
    while counts["kills"] < asked.kills:
        most = min(KILLS_A_ROUND, asked.kills - counts["kills"])
        kills, listed, said = a_round(sender, folder / "out" / "outbox.sqlite", moments, most)
        counts += Counter(kills=kills, rounds=1)
        for each in listed:
            listed_by_id[each.message_id] = each.state
            told = f"whether message {each.number} was sent" in said
            unreported += each.state == "unknown" and not told
        print(f"{counts['kills']} of {asked.kills} kills", file=sys.stderr, flush=True)
    counts["unreported"] = unreported
    return counts, listed_by_id, taken_by(folder / "exim")


def report(counts, listed, taken):
    """The counts as lines, and the exit status: 1 unless all is as it must be."""
    sent = {each for each, state in listed.items() if state == "sent"}
    unknown = {each for each, state in listed.items() if state == "unknown"}
    twice = sum(number > 1 for number in taken.values())
    lost = len(sent - taken.keys())
    unreported = counts["unreported"] + len(taken.keys() - listed.keys())
    open_ = len(listed) - len(sent) - len(unknown)
    print(
        f"{counts['kills']} kills of a sender at work, in {counts['rounds']} rounds",
        f"{len(listed)} messages: {len(sent)} sent, {len(unknown)} unknown (of which exim took "
        f"{len(unknown & taken.keys())}), {open_} neither",
        f"exim took {sum(taken.values())}: {twice} twice, {lost} sent that it did not take, "
        f"{unreported} unreported",
        sep="\n",
    )
    return 1 if twice or lost or unreported or open_ else 0


if __name__ == "__main__":
    sys.exit(main())
