"use strict";
(() => {
  const eintraege = JSON.parse(document.getElementById("suchliste").textContent);
  const feld = document.getElementById("suche");
  const liste = document.getElementById("treffer");
  const zahl = document.getElementById("trefferzahl");
  // An umlaut is found as it is, as its bare letter (»Lunen«) and written out (»Luenen«); other words lose no letter.
  const bar = (t) => t.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/ß/g, "ss").toLowerCase();
  const formen = (t) => [bar(t), bar(t.normalize("NFC").replace(/([äöü])/gi, "$1e"))];
  const woerter = eintraege.map(([text, art, ort]) => formen(`${text} ${art} ${ort}`));
  const hoechstens = 40;
  function zeige() {
    const gesucht = feld.value.split(/\s+/).filter(Boolean).map(formen);
    liste.replaceChildren();
    if (!gesucht.length) { zahl.textContent = ""; return; }
    const gefunden = eintraege.filter((_, i) => gesucht.every((w) => w.some((form, n) => woerter[i][n].includes(form))));
    for (const [text, art, ort, ziel] of gefunden.slice(0, hoechstens)) {
      const li = document.createElement("li");
      const a = document.createElement("a");
      a.href = ziel;
      a.textContent = text.length > 140 ? `${text.slice(0, 140)} …` : text;
      li.append(a, ` – ${art}, ${ort}`);
      liste.append(li);
    }
    zahl.textContent = gefunden.length === 1 ? "1 Treffer" : `${gefunden.length} Treffer`
      + (gefunden.length > hoechstens ? `, gezeigt sind ${hoechstens}` : "");
  }
  document.getElementById("suchfeld").hidden = false;
  feld.addEventListener("input", zeige);
  zeige();
})();
