"""The handbook's first steps done as they stand there: its commands in an empty folder, its pictures from what comes out.

Belongs here: following docs/erste_schritte.md and taking its pictures (`python -m tests.handbook`, `make bilder`). Does not
belong here: what the program must do (tests/e2e), driving the browser (tests/lib/browser.py).
"""
