"""HTML without what may be harmful, as ``sanitize-html`` leaves it.

The answers are the package's, byte for byte: what is kept, how it is printed, and what becomes of markup that is
sloppy (``tests/contract/html`` holds what the package answered). The few places where the package lets script
through and this does not are listed in :mod:`novu_framework.npm.sanitize_html.policy`.

>>> sanitize_html('<p onclick="steal()">Hi <b>Ann</b><script>steal()</script>')
'<p>Hi <b>Ann</b></p>'
>>> sanitize_outputs({"subject": "Q&A", "data": {"lines": ["<i>one", 2]}})
{'subject': 'Q&amp;A', 'data': {'lines': ['<i>one</i>', 2]}}
"""

from novu_framework.npm.sanitize_html.document import sanitize_html
from novu_framework.npm.sanitize_html.outputs import sanitize_outputs

__all__ = ["sanitize_html", "sanitize_outputs"]
