"""pydantic's errors in the product's words: where, what was found, what would be right."""

from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from lexp_calc.errors import LexpError, NotThere, OutOfRange, Problems, WrongKind
from lexp_calc.spelling import expected_one_of
from lexp_calc.terms import quoted

EXPECTED_BY_KIND = {
    "dict_type": "a table would be right",
    "model_type": "a table would be right",
    "model_attributes_type": "a table would be right",
    "tuple_type": "a list in [ ] would be right",
    "string_type": "text would be right",
    "too_short": "at least one entry would be right",
}


def validated(model: type[BaseModel], raw: dict, where: str) -> Any:
    """The model made from raw tables, or every problem in them at once."""
    try:
        return model.model_validate(with_tuples(raw))
    except ValidationError as failure:
        problems = tuple(problems_of(model, raw, failure))
        if where:
            problems = tuple(problem.at(where) for problem in problems)
        raise Problems(problems) from None


def with_tuples(raw: Any) -> Any:
    """The same tables with tuples for lists, as the frozen terms hold them."""
    if isinstance(raw, dict):
        return {key: with_tuples(value) for key, value in raw.items()}
    if isinstance(raw, (list, tuple)):
        return tuple(with_tuples(value) for value in raw)
    return raw


def problems_of(model: type[BaseModel], raw: dict, failure: ValidationError):
    """Each problem with its path in the file."""
    for error in failure.errors(include_url=False):
        path = path_in(raw, error["loc"])
        yield from _problems(model, error, path)


def path_in(raw: Any, location: tuple) -> str:
    """The path as written in the file: the tags that pydantic adds are left out."""
    path = ""
    is_entered = False  # the first step into a table of a kind is the kind itself, a tag
    for step in location:
        is_tag = is_entered and isinstance(raw, dict) and raw.get("type") == step
        is_entered = not is_tag
        if is_tag:
            continue
        if isinstance(raw, dict) and step in raw:
            raw = raw[step]
            path += f".{step}" if path else str(step)
        elif isinstance(raw, (list, tuple)) and isinstance(step, int) and step < len(raw):
            raw = raw[step]
            path += f"[{step + 1}]"
    last = location[-1] if location else ""
    is_new = isinstance(raw, dict) and isinstance(last, str) and last not in raw
    is_new = is_new and last != "[key]"
    if is_new and not (isinstance(raw.get("type"), str) and raw["type"] == last):
        if not path.endswith(f"{last}"):
            path += f".{last}" if path else f"{last}"
    return path


def _problems(model: type[BaseModel], error: dict, path: str):
    kind = error["type"]
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, Problems):
        for problem in cause.problems:
            yield problem.at(path, ".") if path else problem
    elif isinstance(cause, LexpError):
        where = f"{path}.{cause.where}" if cause.where else path
        yield type(cause)(where, cause.found, cause.expected)
    elif kind == "missing":
        yield NotThere(path, "found nothing", "this term is required")
    elif kind == "extra_forbidden":
        key = str(error["loc"][-1])
        known = sorted(
            field.alias or name
            for each in models_at(model, error["loc"][:-1])
            for name, field in each.model_fields.items()
        )
        yield NotThere(path, f'found the unknown key "{key}"', expected_one_of(key, known))
    elif kind == "too_short" and error["input"]:
        return  # entries are there, and what is wrong with them is reported already
    elif kind in ("union_tag_invalid", "literal_error"):
        expected = error["ctx"].get("expected_tags") or error["ctx"].get("expected")
        found = error["input"].get("type") if isinstance(error["input"], dict) else error["input"]
        path = f"{path}.type" if not path.endswith(".type") else path
        yield NotThere(path, quoted(found), f"one of {expected} would be right")
    elif kind == "union_tag_not_found":
        yield NotThere(f"{path}.type", "found nothing", "the type of this entry is required")
    else:
        expected = EXPECTED_BY_KIND.get(kind, f"{error['msg']}")
        yield (OutOfRange if kind == "too_short" else WrongKind)(
            path, quoted(error["input"]), expected
        )


def models_at(model: type[BaseModel], location: tuple) -> set[type[BaseModel]]:
    """The term types that may stand at a place."""
    candidates = {model}
    for step in location:
        inner = set()
        for each in candidates:
            if step in each.model_fields:
                inner |= models_in(each.model_fields[step].annotation)
        tagged = {each for each in candidates if step in _tags(each)}
        candidates = inner or tagged or candidates
    return candidates


def models_in(annotation: Any) -> set[type[BaseModel]]:
    """All term types that an annotation mentions."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {each for part in get_args(annotation) for each in models_in(part)}


def _tags(model: type[BaseModel]) -> tuple:
    field = model.model_fields.get("type")
    return get_args(field.annotation) if field else ()
