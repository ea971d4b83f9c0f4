"""Bad input by the thousand: real deliveries and configurations, damaged at random from a seed, and what reading them may do.

Belongs here: damaging files, judging what reading came to. Does not belong here: literal faulty files (tests/spec/lieferungen).
A failure names its seed: `python -m tests.fuzz.run 1 SEED` repeats it alone.
"""
