"""The commented example of a konzept.yaml that `monitoring new` lays beside kommune.yaml.

Belongs here: the text. Does not belong here: what the file may say (stamm/konzept/models.py, stamm/konzept/ziel.py).
"""

KONZEPT_BEISPIEL = """\
# Das Integrationskonzept. Nach konzept.yaml umbenennen und anpassen; unter diesem Namen wird die Datei nicht gelesen.
# Nur eintragen, was die Quelle sagt: null heißt, sie sagt es nicht.
konzepte:
  - konzept: muster_2024                # Kennung der Fassung
    titel: Integrationskonzept der Musterstadt
    herkunft: Vorlage 12/2024, Anlage 1
    beschluss: 2024-06-27
    beschluss_genauigkeit: tag          # tag, monat, jahr oder unbekannt (dann beschluss: null)
    gueltig_von: 2024-07-01
    gueltig_bis: null
    gremien:
      - {gremium: sozialausschuss, name: Sozialausschuss}
      - {gremium: rat, name: Rat der Musterstadt}
    # Was die Quelle hat und hier fehlt, mit Grund; es steht so im Bericht, statt als »keine« zu gelten.
    # nicht_erhoben: {indikatoren: Die Anlage 2 lag nicht vor.}
    vorlagen:
      - vorlage: "12/2024"
        titel: Integrationskonzept der Musterstadt
        datum: 2024-05-15
        finanziell: nein                # ja, nein, noch_nicht_absehbar; ebenso personell und organisatorisch
        beratung:                       # Behandlung: vorberatung, kenntnisnahme, beschluss; Ergebnis erst nach der Sitzung
          - {gremium: sozialausschuss, behandlung: vorberatung, termin: 2024-06-12}
          - {gremium: rat, behandlung: beschluss, termin: 2024-06-27, ergebnis: beschlossen}
        herkunft: Ratsinformationssystem
    handlungsfelder:
      - {code: F1, name: Bildung und Sprache, aliase: [Bildung]}
      - {code: F2, name: Arbeit}
    leitziele:
      - code: F1.a
        handlungsfeld: F1
        text: Alle Jugendlichen erreichen einen Schulabschluss
        indikatoren: [sch_ohne]         # Kennungen aus docs/indikatoren.md oder der Wortlaut des Konzepts
        # indikatoren_vorschlag: [sch_abi]   # passende Kennungen, die das Konzept nicht nennt; stehen als Vorschlag im Bericht
        # Ziele in Zahlen, nur wenn das Konzept sie nennt, in der Einheit des Indikators (Prozent: 0 bis 100).
        # gruppe, geschlecht, gebiet (gebiet_id) und profil (Definition) sind wahlweise; ohne sie: alle, der ganze Ort, jede.
        # ziele:
        #   - {indikator: sch_ohne, gruppe: auslaender, zielwert: 5, zieljahr: 2030, herkunft: "Vorlage 12/2024, S. 14"}
    massnahmen:
      - nr: "1.1"                       # in Anführungszeichen: 1.10 ist nicht 1.1
        titel: Begleitung bis zum Schulabschluss
        handlungsfeld: F1
        leitziel: F1.a
        seite: 14
        verantwortlich: Schulamt        # Stelle oder Rolle, nie ein Name
        vorlage: "12/2024"              # die Vorlage, auf der sie ruht
        # Für wen: eine Zahl eines Indikators (sein nenner, wahlweise sein zaehler). vorschlag: true, wenn es keine Quelle sagt.
        # zielgruppe: {indikator: sch_ohne, groesse: nenner, gruppe: auslaender, vorschlag: true}
    berichtspflichten:
      - bericht: zwischenbericht
        titel: Zwischenbericht
        art: nach_beschluss             # nach_beschluss, nach_geltungsende, turnus oder fest
        monate: 24
        gremien: [rat]
        herkunft: Vorlage 12/2024, S. 40
"""
