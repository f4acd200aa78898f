"""Ctrl-C and the like during a batch: what is in hand is finished, then all is put in order."""

import signal
import threading

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class Stop:
    """Whether the run was asked to stop, by Ctrl-C or by who ends processes in good order.

    In a `with` block, in a program's main thread; the second Ctrl-C is KeyboardInterrupt at once.
    """

    def __init__(self):
        self.asked = False
        self._before: dict[int, object] = {}

    def __enter__(self) -> "Stop":
        if threading.current_thread() is threading.main_thread():
            for name in SIGNALS:
                number = getattr(signal, name, None)
                # One that is ignored stays so: nohup means SIGHUP.
                if number is not None and signal.getsignal(number) not in (signal.SIG_IGN, None):
                    self._before[number] = signal.signal(number, self._heard)
        return self

    def __exit__(self, *exception) -> None:
        if threading.current_thread() is threading.main_thread():
            for number, handler in self._before.items():
                signal.signal(number, handler)

    def _heard(self, number, frame) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
