"""Many deals at once: what a script needs of it, loaded when it is asked for.

from lexp_batch import make_workbooks

report = make_workbooks(["deals"], out="out", jobs=2)
print(report)
"""

from importlib import import_module

_MODULES = {
    "MailOrder": "mail_order",
    "Pace": "smtp",
    "Report": "making",
    "Server": "smtp",
    "make_workbooks": "making",
    "plan_mail": "mail_plan",
    "send": "sending",
}
__all__ = list(_MODULES)


def __getattr__(name: str):
    if name in _MODULES:
        return getattr(import_module(f"lexp_batch.{_MODULES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
