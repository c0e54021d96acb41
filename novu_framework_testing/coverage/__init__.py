"""Which steps of the workflows ran in a run of tests, how they ended, and which branches of their functions never ran.

`collecting` follows the process of the tests and gives `facts`; `summary` compares them with what could have happened.
The plugin prints, writes and judges the summary.
"""
