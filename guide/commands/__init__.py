"""The commands of ``traad``, one module each: ``arguments(parser)`` and ``run(given) -> exit code``.

A command's module docstring is the text its ``--help`` shows, hence Danish. Everything heavier than argparse is
imported inside ``run``.
"""
