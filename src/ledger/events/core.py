"""pydantic's core, without the package around it: that defines 84 TypedDicts nobody here needs, in 10 ms.

The module is known under its own name, so that pydantic, imported later, finds the same one.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import SchemaError, SchemaValidator, ValidationError
else:
    _NAME = "pydantic_core._pydantic_core"
    try:
        if _NAME not in sys.modules:
            _package = PathFinder.find_spec("pydantic_core")
            _spec = PathFinder.find_spec(_NAME, _package.submodule_search_locations)
            _module = module_from_spec(_spec)
            _spec.loader.exec_module(_module)
            sys.modules[_NAME] = _module
        _core = sys.modules[_NAME]
        SchemaError, SchemaValidator, ValidationError = _core.SchemaError, _core.SchemaValidator, _core.ValidationError
    except (ImportError, AttributeError):  # another release, put together in another way
        from pydantic_core import SchemaError, SchemaValidator, ValidationError

__all__ = ["SchemaError", "SchemaValidator", "ValidationError"]
