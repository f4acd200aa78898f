"""Many deals at once: what a script needs of it, loaded when it is asked for.

from lexp_batch import make_workbooks

report = make_workbooks(["deals"], out="out", jobs=2)
print(report)
"""

__all__ = ["Report", "make_workbooks"]


def __getattr__(name: str):
    if name in ("Report", "make_workbooks"):
        from lexp_batch import making

        return getattr(making, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
