"""`cached_property` without the lock that it has until Python 3.11.

That lock is one for all instances of a class: a process that was forked while another thread computed the property of any of
them would wait for it for ever. Two threads at once compute a property twice, which harms nothing here, and is what
Python 3.12 does.
"""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING or sys.version_info >= (3, 12):
    from functools import cached_property
else:

    class cached_property(functools.cached_property):  # its own name, as of the one that it stands for
        """A property that is computed once, and kept in the instance."""

        def __get__(self, instance: Any, owner: Any = None) -> Any:
            if instance is None:
                return self
            values = vars(instance)
            if self.attrname not in values:
                values[self.attrname] = self.func(instance)
            return values[self.attrname]


__all__ = ["cached_property"]
