"""What happens when the machine fails in the middle: every file call of a refresh fails once, or the process dies there.

Belongs here: faults, what must hold after them, their long run (`make faults`). Does not belong here: faults of what was
delivered (tests/e2e).
"""
