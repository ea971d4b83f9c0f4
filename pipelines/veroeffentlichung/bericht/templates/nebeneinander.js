"use strict";
(() => {
  const lies = (id) => JSON.parse(document.getElementById(id).textContent);
  const paare = lies("paare");
  const gruende = lies("gruende");
  const [a, b] = ["ort-a", "ort-b"].map((id) => document.getElementById(id));
  const antwort = document.getElementById("paarantwort");
  const liste = document.getElementById("paarliste");
  const zahlen = (ort) => new Map(paare.filter((p) => p.ort === ort).map((p) => [p.name, p]));
  function zeige() {
    liste.replaceChildren();
    const [links, rechts] = [zahlen(a.value), zahlen(b.value)];
    const [nameA, nameB] = [a, b].map((s) => s.selectedOptions[0].textContent);
    if (a.value === b.value) { antwort.textContent = "Bitte zwei verschiedene Orte wählen."; return; }
    let ja = 0;
    const namen = [...links.keys()].filter((n) => rechts.has(n));
    for (const name of namen) {
      const [x, y] = [links.get(name), rechts.get(name)];
      const anders = x.gleich.findIndex((w, i) => w !== y.gleich[i]);
      const li = document.createElement("li");
      const wort = anders < 0 ? "ja" : `nein: ${gruende[anders]}`;
      if (anders < 0) ja += 1;
      li.textContent = `${name}: ${wort} (${nameA} ${x.wert} am ${x.stand}, ${nameB} ${y.wert} am ${y.stand})`;
      liste.append(li);
    }
    antwort.textContent = namen.length
      ? `${nameA} und ${nameB}: ${ja} von ${namen.length} gemeinsamen Zahlen dürfen nebeneinander stehen.`
      : `${nameA} und ${nameB} haben keine gemeinsame Zahl.`;
  }
  document.getElementById("paarwahl").hidden = false;
  for (const s of [a, b]) s.addEventListener("change", zeige);
  zeige();
})();
