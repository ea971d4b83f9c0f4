"""`python -m tests.worked koeln FILES DATA`: publish the example and print every total beside the printed one.

Exit code 1 where one differs or the refresh found a fault, 2 where the files are not there.
"""

import sys
from pathlib import Path

from tests.worked.publish import TOTALS, compare, publish


def main(town: str, files: Path, data: Path) -> int:
    if town not in TOTALS or not (files / town).is_dir():
        print(
            f"{files / town}: Der Ordner fehlt. Erwartet: die veröffentlichten Dateien; make beispiel-{town} DATEN=ORDNER"
        )
        return 2
    try:
        file = publish(town, files, data)
    except RuntimeError as fault:
        print(fault)
        return 1
    wrong = 0
    for total, found in compare(town, file):
        same = found == total.printed
        wrong += not same
        print(f"{'stimmt' if same else 'FALSCH'}  {total.what}: gedruckt {total.printed}, veröffentlicht {found}")
    print(f"Veröffentlicht: {file}\nBericht: {file.parent / 'bericht' / 'index.html'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]).resolve(), Path(sys.argv[3]).resolve()))
