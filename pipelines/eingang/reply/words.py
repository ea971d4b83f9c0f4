"""The words of a delivery given back: places, sentences, the result, the mail.

Belongs here: German texts for the supplier. Does not belong here: the workbook (annotated_workbook.py). Nobody is named.
"""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from pipelines.foundation.findings import Befund, Schwere

PROTOKOLL = "Prüfprotokoll"
WORTE = {
    Schwere.fehler: ("Fehler", "Fehler"), Schwere.warnung: ("Warnung", "Warnungen"),
    Schwere.hinweis: ("Hinweis", "Hinweise"),
}  # fmt: skip
BEFUNDE_JE_MAIL = 15
MAILBREITE = 76
BLOCK_HOECHSTENS = 1_500


@dataclass(frozen=True)
class Rueckgabeangaben:
    """What the protocol says besides the findings. `pruefungen`: (title, result) of every check that ran."""

    titel: str
    kommune: str | None
    geprueft_am: date
    zeilen_gelesen: int
    zeilen_uebernommen: int
    ausserhalb: int
    abgewiesen: int
    angenommen: bool
    zahlen: int = 0
    pruefungen: Sequence[tuple[str, str]] = ()


def zahl_wort(n: int) -> str:
    return f"{n:,}".replace(",", ".")


def _menge(n: int, schwere: Schwere) -> str:
    return f"{zahl_wort(n)} {WORTE[schwere][n != 1]}"


def gekuerzt(text: str, laenge: int) -> str:
    return text if len(text) <= laenge else text[: laenge - 2] + " …"


def satz(text: str) -> str:
    """A finding's text as a sentence of its own."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if not text or text[-1] in ".!?…" else ".")


def ort_von(b: Befund) -> tuple[str, str]:
    """Sheet and place of a finding; no sheet for text files."""
    if b.zellen:
        name, _, ort = b.zellen[0].rpartition("!")
        return name, ort
    treffer = re.fullmatch(r'Blatt "(.+?)"(?:, (?:Zelle )?(.*))?', b.ort)
    return (treffer[1], treffer[2] or "") if treffer else ("", b.ort)


def _mengen(befunde: Sequence[Befund]) -> str:
    anzahlen = ((sum(b.schwere is s for b in befunde), s) for s in Schwere)
    teile = [_menge(n, s) for n, s in anzahlen if n]
    return " und ".join(filter(None, [", ".join(teile[:-1]), *teile[-1:]]))


def ergebnis(befunde: Sequence[Befund], angaben: Rueckgabeangaben) -> str:
    """The result in one sentence."""
    if not angaben.angenommen:
        grund = f" ({_mengen(befunde)})" if befunde else ""
        return f"Abgewiesen{grund}: Aus dieser Datei kann nichts übernommen werden, bis die Fehler behoben sind."
    if any(b.schwere is Schwere.fehler for b in befunde):
        zeilen = f"; {zahl_wort(angaben.abgewiesen)} von {zahl_wort(angaben.zeilen_gelesen)} Zeilen nicht übernommen"
        return f"Zu berichtigen: {_mengen(befunde)}{zeilen if angaben.abgewiesen else ''}."
    if befunde:
        return f"Keine Fehler, aber {_mengen(befunde)} zum Nachsehen."
    n, wort = (angaben.zahlen, "Zahl") if angaben.zahlen else (angaben.zeilen_uebernommen, "Zeile")
    if n == 1:
        return f"Keine Beanstandung: die eine {wort} wurde gelesen und geprüft."
    return (
        f"Keine Beanstandung: alle {zahl_wort(n)} {wort}{'en' if wort == 'Zahl' else 'n'} wurden gelesen und geprüft."
    )


def zeilenbilanz(a: Rueckgabeangaben) -> str:
    teile = [f"{zahl_wort(a.zeilen_gelesen)} gelesen",
             f"{zahl_wort(a.zeilen_uebernommen)} {'übernommen' if a.angenommen else 'brauchbar'}",
             f"{zahl_wort(a.ausserhalb)} außerhalb der Tabelle", f"{zahl_wort(a.abgewiesen)} abgewiesen"]  # fmt: skip
    return ", ".join(teile) + (f"; {zahl_wort(a.zahlen)} {'Zahl' if a.zahlen == 1 else 'Zahlen'}" if a.zahlen else "")


def mailtext(datei: str, anhang: str, protokoll: str, befunde: Sequence[Befund], angaben: Rueckgabeangaben) -> str:
    """The mail to the supplier: what was checked, the result, the first findings, what to do."""
    datei, titel = " ".join(datei.split()), " ".join(angaben.titel.split())
    fuer = f" ({angaben.kommune})" if angaben.kommune else ""
    was = f" – {titel}{fuer} –" if not datei.startswith(titel) else fuer
    geprueft = f"wir haben Ihre Lieferung »{datei}«{was} am {angaben.geprueft_am:%d.%m.%Y} geprüft."
    ausgang = "keine Beanstandung" if angaben.angenommen and not befunde else _mengen(befunde) or "abgewiesen"
    absaetze = [f"Betreff: Prüfung Ihrer Lieferung »{datei}«: {ausgang}", "Guten Tag,", _umbrochen(geprueft)]
    absaetze.append(_umbrochen(f"{ergebnis(befunde, angaben)} Zeilen: {zeilenbilanz(angaben)}."))
    absaetze += [_mailbefund(nr, b) for nr, b in enumerate(befunde[:BEFUNDE_JE_MAIL], start=1)]
    if (rest := len(befunde) - BEFUNDE_JE_MAIL) > 0:
        absaetze.append(f"… und {zahl_wort(rest)} weitere im Blatt »{protokoll}«")
    noch_einmal = f"und schicken Sie sie unter demselben Namen »{datei}« noch einmal."
    liste = f"Im Anhang »{anhang}« steht jeder Befund im Blatt »{protokoll}«, mit einem Link zu seiner Zelle; die Zellen sind "
    liste += "farbig markiert und tragen einen Kommentar. "
    if not angaben.angenommen or any(b.schwere is Schwere.fehler for b in befunde):
        absaetze.append(_umbrochen(f"{liste}Bitte berichtigen Sie Ihre eigene Datei, nicht den Anhang, {noch_einmal}"))
    elif any(b.schwere is Schwere.warnung for b in befunde):
        tun = "Bitte sehen Sie die Stellen an. Stimmen die Zahlen, genügt eine kurze Bestätigung; sonst berichtigen Sie bitte "
        absaetze.append(_umbrochen(f"{liste}{tun}Ihre eigene Datei {noch_einmal}"))
    elif befunde:
        tun = (
            "Die Zahlen werden so übernommen; Sie müssen nichts tun, solange sie stimmen. Sonst berichtigen Sie bitte "
        )
        absaetze.append(_umbrochen(f"{liste}{tun}Ihre eigene Datei {noch_einmal}"))
    else:
        absaetze.append(_umbrochen(f"Vielen Dank für die Lieferung. Es ist nichts weiter zu tun. Das Protokoll liegt bei "
                                   f"(»{anhang}«)."))  # fmt: skip
    return "\n\n".join([*absaetze, "Mit freundlichen Grüßen"]) + "\n"


def _mailbefund(nr: int, b: Befund) -> str:
    name, stelle = ort_von(b)
    if re.fullmatch(r"[A-Z]{1,3}\d+", stelle):
        stelle = f"Zelle {stelle}"
    mehr = len(b.zellen) - 1
    stelle += f" und {zahl_wort(mehr)} weitere {'Zelle' if mehr == 1 else 'Zellen'}" if mehr > 0 else ""
    wo = ", ".join(filter(None, [WORTE[b.schwere][0], f"Blatt »{name}«" if name else "", stelle]))
    mal = f" ({zahl_wort(b.anzahl)} Mal)" if b.anzahl > 1 else ""
    teile = [f"{wo}{mal}: {satz(b.was)}", f"Erwartet: {b.erwartet}"]
    teile += [f"Vorschlag: {b.vorschlag}"] if b.vorschlag else []
    kopf = f"{nr}. "
    einzug = " " * len(kopf)
    zeilen = [_umbrochen(t, kopf if n == 0 else einzug, einzug) for n, t in enumerate(teile)]
    return "\n".join(zeilen)


def _umbrochen(text: str, erste: str = "", weitere: str = "") -> str:
    text = gekuerzt(ILLEGAL_CHARACTERS_RE.sub("\ufffd", text), BLOCK_HOECHSTENS)
    return textwrap.fill(
        text, MAILBREITE, initial_indent=erste, subsequent_indent=weitere, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
