"""The Python twins of the recorded workflows: one module a recording, plus the described ones."""
