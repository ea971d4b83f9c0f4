"use strict";
// The atlas: choices → one series and one day → outlines or tiles, dots, lines. Numbers are placed and coloured here; what is read as a
// figure is a text of the data. The state stands in the address.
(() => {
  const d = JSON.parse(document.getElementById("daten").textContent);
  const $ = (id) => document.getElementById(id);
  const ZAHL = 0, TEXT = 1, ART = 2, ABSCHNITT = 3, QUELLE = 4, HINWEIS = 5;
  const felder = {  // name in the address → field of a series, label, words
    ebene: ["ebene", "Gliederung", d.ebenen], indikator: ["indikator", "Indikator", null],
    definition: ["profil", "Definition", d.definitionen], gruppe: ["gruppe", "Gruppe", d.gruppen],
    geschlecht: ["geschlecht", "Geschlecht", d.geschlechter], alter: ["altersgruppe", "Alter", d.altersgruppen],
  };
  const name = Object.fromEntries(d.gebiete.map((g) => [g.id, g.name]));
  let wahl = {};  // what the address says, completed
  let reihe = null;
  let enden = [];  // lowest and highest value of the day

  function element(art, eigenschaften = {}, ...kinder) {
    const e = document.createElement(art);
    for (const [k, v] of Object.entries(eigenschaften)) k in e ? (e[k] = v) : e.setAttribute(k, v);
    e.append(...kinder);
    return e;
  }
  const wort = (feld, wert) => feld === "indikator" ? d.indikatoren[wert].name : (felder[feld][2][wert] ?? "ohne");

  // Field after field: of the series left, those with the wished value, else with the usual one.
  function complete(gewuenscht) {
    let rest = d.reihen;
    const auswahl = {};
    for (const [feld, [spalte]] of Object.entries(felder)) {
      auswahl[feld] = [...new Set(rest.map((r) => r[spalte]))];
      const usual = auswahl[feld].includes(d.anfang[spalte]) ? d.anfang[spalte]
        : auswahl[feld].includes("insgesamt") ? "insgesamt" : auswahl[feld][0];
      wahl[feld] = auswahl[feld].includes(gewuenscht[feld]) ? gewuenscht[feld] : usual;
      rest = rest.filter((r) => r[spalte] === wahl[feld]);
    }
    reihe = rest[0];
    const letzter = reihe.tage.findLast((_, i) => Object.entries(reihe.werte).some(([g, w]) => g !== "stadt" && w[i] && w[i][ZAHL] !== null));
    wahl.stichtag = reihe.tage.includes(gewuenscht.stichtag) ? gewuenscht.stichtag : letzter ?? reihe.tage.at(-1);
    wahl.gebiet = gewuenscht.gebiet in reihe.werte && gewuenscht.gebiet !== "stadt" ? gewuenscht.gebiet : ordered()[0].id;
    return auswahl;
  }
  const at = (gebiet, tag = wahl.stichtag) => (reihe.werte[gebiet] ?? [])[reihe.tage.indexOf(tag)] ?? null;
  const text = (w) => w ? w[TEXT] : "–";
  const spoken = (w) => !w || w[ART] === "k" ? "kein Wert" : w[ART] === "g" ? "geschützt" : w[TEXT];
  // The whole town on this day; where it has no figure of it, the newest it has, with its day.
  const spokenTown = () => {
    const w = at("stadt"), neuester = reihe.neuester;
    if (!neuester || (w && w[ART] !== "k")) return spoken(w);
    return `${neuester[2]} (am ${d.tage[neuester[0]]})`;
  };
  const ordered = () => d.gebiete.filter((g) => g.ebene === wahl.ebene && reihe.werte[g.id])
    .sort((a, b) => (at(b.id)?.[ZAHL] ?? -Infinity) - (at(a.id)?.[ZAHL] ?? -Infinity) || a.name.localeCompare(b.name, "de"));
  const shown = () => ordered().filter((g) => at(g.id) && at(g.id)[ZAHL] !== null);

  function choose(neu) {
    const gewuenscht = { ...wahl, ...neu };
    draw(gewuenscht);
    location.hash = new URLSearchParams(wahl).toString();
  }
  function draw(gewuenscht) {
    const auswahl = complete(gewuenscht);
    drawChoice(auswahl);
    const zusatz = ["definition", "gruppe", "geschlecht", "alter"].filter((f) => wahl[f] !== "-" && wahl[f] !== "insgesamt").map((f) => wort(f, wahl[f]));
    $("verloren").textContent = lost(gewuenscht);
    $("titel").textContent = [`${d.indikatoren[wahl.indikator].name} am ${d.tage[wahl.stichtag]}`, ...zusatz].join(", ");
    const zahlen = shown().map((g) => at(g.id)[ZAHL]);
    enden = [Math.min(...zahlen), Math.max(...zahlen)];
    document.querySelector(".atlas").classList.toggle("viele", ordered().length > 30);
    drawMap();
    drawRanks();
    drawSeries();
    drawProof();
  }
  // What was chosen and is not there beside the rest: another choice may not vanish without a word.
  function lost(gewuenscht) {
    const bekannt = (feld, wert) => feld === "indikator" ? d.indikatoren[wert]?.name : felder[feld][2][wert];
    const weg = Object.entries(felder).filter(([f]) => gewuenscht[f] && gewuenscht[f] !== wahl[f] && bekannt(f, gewuenscht[f]));
    return weg.map(([f, [, titel]]) => `${titel} »${bekannt(f, gewuenscht[f])}« gibt es in dieser Auswahl nicht; gezeigt ist »${wort(f, wahl[f])}«.`).join(" ");
  }
  function drawChoice(auswahl) {
    const fokus = document.activeElement?.id;
    const teile = Object.entries(felder).filter(([f]) => auswahl[f].length > 1).map(([f, [, titel]]) =>
      select(f, titel, auswahl[f].map((w) => [w, wort(f, w)])));
    teile.push(select("stichtag", "Stichtag", reihe.tage.map((t) => [t, d.tage[t]])));
    $("wahl").replaceChildren(...teile);
    if (fokus?.startsWith("wahl-")) $(fokus)?.focus();
  }
  function select(feld, titel, moeglich) {
    const s = element("select", { id: `wahl-${feld}`, onchange: (e) => choose({ [feld]: e.target.value }) });
    for (const [wert, w] of moeglich) s.append(element("option", { value: wert, selected: wert === wahl[feld] }, w));
    return element("label", {}, titel, s);
  }
  function kind(w) {
    if (!w || w[ZAHL] === null) return w && w[ART] === "g" ? "geschuetzt" : "ohne";
    const [von, bis] = enden;
    return `k${bis === von ? 2 : Math.min(4, Math.floor(5 * (w[ZAHL] - von) / (bis - von)))}`;
  }
  // A button for an area: pressed if chosen; the same area is marked in all pictures while one is pointed at.
  function button(g, klasse, ...kinder) {
    return wire(g, element("button", {
      type: "button", className: klasse, "data-gebiet": g.id, "aria-pressed": String(g.id === wahl.gebiet),
      "aria-label": `${g.name}: ${spoken(at(g.id))}`, title: `${g.name}: ${spoken(at(g.id))}`,
    }, ...kinder));
  }
  function wire(g, e) {
    const mark = (an) => () => document.querySelectorAll(`[data-gebiet="${CSS.escape(g.id)}"]`).forEach((x) => x.classList.toggle("hier", an));
    const pick = () => { const wo = e.closest("#karte, #raenge").id; choose({ gebiet: g.id }); focusOn(wo, g.id); };
    e.addEventListener("click", pick);
    if (e.localName !== "button") e.addEventListener("keydown", (k) => { if (k.key === "Enter" || k.key === " ") { k.preventDefault(); pick(); } });
    for (const [ereignis, an] of [["mouseenter", true], ["mouseleave", false], ["focus", true], ["blur", false]]) e.addEventListener(ereignis, mark(an));
    return e;
  }
  const focusOn = (wo, gebiet) => $(wo).querySelector(`[data-gebiet="${CSS.escape(gebiet)}"]`)?.focus();

  // Areas by their outlines: shapes that are buttons (one stop of the tabulator, arrows go on), values where they fit.
  function outlineMap(alle) {
    const [breite, hoehe] = d.karte;
    const bild = svg("svg", { class: "umrisse", viewBox: `-4 -4 ${breite + 8} ${hoehe + 8}`, role: "group", "aria-labelledby": "kartentitel" });
    const muster = svg("pattern", { id: "schraffur", width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    muster.append(svg("rect", { width: 8, height: 8, fill: "#fff" }), svg("rect", { width: 3, height: 8, fill: "#b5b5b5" }));
    bild.append(svg("defs", {}));
    bild.firstChild.append(muster);
    const seite = Math.min($("karte").clientWidth || 560, 0.7 * innerHeight * breite / hoehe);
    const schrift = 12 * breite / seite;  // twelve pixels on the screen, in units of the map
    const erste = alle.some((g) => g.id === wahl.gebiet) ? wahl.gebiet : alle[0].id;
    const werte = [];
    for (const g of [...alle].sort((a, b) => (a.id === wahl.gebiet) - (b.id === wahl.gebiet))) {
      const w = at(g.id), satz = `${g.name}: ${spoken(w)}`, [pfad, x, y, radius] = g.u;
      const form = svg("path", { d: pfad, class: kind(w), role: "button", tabindex: g.id === erste ? 0 : -1, "data-gebiet": g.id, "aria-label": satz, "aria-pressed": String(g.id === wahl.gebiet) });
      form.append(svg("title", {}, satz));
      bild.append(wire(g, form));
      if (2 * radius > 0.6 * schrift * text(w).length) werte.push(svg("text", { x, y: y + schrift / 3, "text-anchor": "middle", "font-size": schrift.toFixed(1), "aria-hidden": "true" }, text(w)));
    }
    bild.append(...werte);
    return bild;
  }

  // The longest word of a name fits into its tile: smaller, and only where that does not do, broken.
  function fitName(name) {
    let groesse = parseFloat(getComputedStyle(name).fontSize);
    while (name.scrollWidth > name.clientWidth && groesse > 7.5) name.style.fontSize = `${groesse -= 0.5}px`;
    if (name.scrollWidth > name.clientWidth) name.style.overflowWrap = "anywhere";
  }

  function drawMap() {
    const alle = d.gebiete.filter((g) => g.ebene === wahl.ebene && reihe.werte[g.id]);
    const gezeichnet = alle.filter((g) => g.u);
    const kacheln = gezeichnet.length ? [] : alle.filter((g) => g.x !== null);
    const mit = kacheln, ohne = alle.filter((g) => !g.u && !kacheln.includes(g));
    const spalten = Math.max(0, ...mit.map((g) => g.x));
    const tile = (g) => {
      const b = button(g, kind(at(g.id)), element("span", { lang: "de" }, g.name), element("b", {}, text(at(g.id))));
      if (g.x !== null) b.style.cssText = `grid-column:${g.x};grid-row:${g.y}`;
      return b;
    };
    const teile = gezeichnet.length ? [outlineMap(gezeichnet)] : [];
    if (mit.length) {
      const karte = element("div", { className: spalten > 8 ? "karte dicht" : "karte" }, ...mit.map(tile));
      karte.style.gridTemplateColumns = `repeat(${spalten}, minmax(0, 1fr))`;
      teile.push(karte);
    }
    if (ohne.length) {
      const rest = element("div", { className: alle.length > 100 ? "karte dicht" : "karte" }, ...ohne.map(tile));
      rest.style.gridTemplateColumns = `repeat(auto-fill, minmax(${alle.length > 100 ? "1.4rem" : "5.5rem"}, 1fr))`;
      teile.push(element("p", { className: "klein" }, mit.length || gezeichnet.length ? "Ohne Platz auf der Karte:" : "Für diese Gebiete ist keine Lage angegeben; sie stehen nach dem Namen."), rest);
    }
    $("karte").replaceChildren(...teile);
    $("karte").querySelectorAll(".karte:not(.dicht) button > span").forEach(fitName);
    const da = shown();
    const zeichen = da.length ? [["k0", `am niedrigsten: ${text(at(da.at(-1).id))} (${da.at(-1).name})`], ["k4", `am höchsten: ${text(at(da[0].id))} (${da[0].name})`]] : [];
    if (da.length > 2) zeichen.splice(1, 0, ["k2", "dazwischen fünf gleich breite Stufen"]);
    if (alle.some((g) => kind(at(g.id)) === "geschuetzt")) zeichen.push(["geschuetzt", "• geschützt"]);
    if (alle.some((g) => kind(at(g.id)) === "ohne")) zeichen.push(["ohne", "– kein Wert"]);
    $("zeichen").replaceChildren(...zeichen.map(([k, w]) => element("li", {}, element("i", { className: k }), w)));
  }
  function drawRanks() {
    const stadt = at("stadt"), alle = ordered();
    const zahlen = [...shown().map((g) => at(g.id)[ZAHL]), 0];
    // A number of persons of the whole town is no place among those of its parts.
    const vergleichbar = stadt && stadt[ZAHL] !== null && stadt[ZAHL] <= Math.max(...zahlen) * 1.5;
    const [von, bis] = [Math.min(...zahlen), Math.max(...zahlen, vergleichbar ? stadt[ZAHL] : 0)];
    const lage = (z) => `${(100 * (z - von) / ((bis - von) || 1)).toFixed(2)}%`;
    $("raenge").replaceChildren(...alle.map((g) => {
      const w = at(g.id), bahn = element("span", { className: "bahn" });
      if (vergleichbar) { const o = element("span", { className: "ort" }); o.style.left = lage(stadt[ZAHL]); bahn.append(o); }
      if (w && w[ZAHL] !== null) { const p = element("span", { className: `punkt ${w[ART]}` }); p.style.left = lage(w[ZAHL]); bahn.append(p); }
      return element("li", {}, button(g, "", element("span", { className: "name" }, g.name), bahn, element("span", {}, text(w))));
    }));
    const ende = alle.map((g) => at(g.id)).concat(vergleichbar ? [stadt] : []).find((w) => w && w[ZAHL] === bis);
    const skala = von < 0 || !ende ? "" : ` Jede Linie reicht von null bis ${ende[TEXT]}.`;
    $("ortlinie").textContent = `${!stadt && !reihe.neuester ? "" : `${vergleichbar ? "Gestrichelt: " : ""}${d.ort} insgesamt ${spokenTown()}.`}${skala}`.trim();
  }
  const svg = (art, eigenschaften, inhalt) => {
    const e = document.createElementNS("http://www.w3.org/2000/svg", art);
    for (const [k, v] of Object.entries(eigenschaften)) e.setAttribute(k, v);
    if (inhalt !== undefined) e.textContent = inhalt;
    return e;
  };
  // Lines stop at a missing value and where a new stretch begins.
  function stretches(werte, x, y) {
    const stuecke = [[]];
    werte.forEach((w, i) => {
      const vor = werte[i - 1];
      if (!w || w[ZAHL] === null || (vor && vor[ABSCHNITT] !== w[ABSCHNITT])) stuecke.push([]);
      if (w && w[ZAHL] !== null) stuecke.at(-1).push([x(i), y(w[ZAHL])]);
    });
    return stuecke.filter((s) => s.length);
  }
  function drawSeries() {
    const B = 560, H = 260, L = 20, R = 30, O = 30, U = 40;
    const alle = ordered().map((g) => g.id), zahlen = [];
    const stadt = $("ortlinie").textContent.startsWith("Gestrichelt") ? ["stadt"] : [];
    for (const g of [...alle, ...stadt]) for (const w of reihe.werte[g] ?? []) if (w && w[ZAHL] !== null) zahlen.push(w[ZAHL]);
    const zeit = reihe.tage.map((t) => Date.parse(t));
    const x = (i) => zeit.length < 2 ? B / 2 : L + (B - L - R) * (zeit[i] - zeit[0]) / (zeit.at(-1) - zeit[0]);
    const [von, bis] = [Math.min(0, ...zahlen), Math.max(...zahlen)];
    const y = (z) => H - U - (H - U - O) * (z - von) / ((bis - von) || 1);
    const eigene = reihe.werte[wahl.gebiet];
    const saetze = reihe.tage.map((t) => `${d.tage[t]} ${spoken(at(wahl.gebiet, t))}`);
    const bild = svg("svg", { viewBox: `0 0 ${B} ${H}`, role: "img", "aria-label": `${name[wahl.gebiet]}: ${saetze.join("; ")}` });
    bild.append(svg("line", { x1: L, x2: B - R, y1: H - U, y2: H - U, stroke: "#6b6b6b" }));
    for (const [tag] of reihe.brueche) {
      const i = reihe.tage.indexOf(tag), m = i ? (x(i - 1) + x(i)) / 2 : x(i) - 6;
      bild.append(svg("line", { class: "bruch", x1: m, x2: m, y1: 8, y2: H - U, stroke: "#9c2a10", "stroke-width": 2, "stroke-dasharray": "3 4" }));
    }
    const line = (g, farbe, breite, strich) => {
      for (const s of stretches(reihe.werte[g] ?? [], x, y)) {
        bild.append(svg("polyline", { points: s.map((p) => p.join()).join(" "), fill: "none", stroke: farbe, "stroke-width": breite, "stroke-dasharray": strich }));
        if (s.length === 1) bild.append(svg("circle", { cx: s[0][0], cy: s[0][1], r: breite, fill: farbe }));
      }
    };
    for (const g of alle) if (g !== wahl.gebiet) line(g, "#b5b5b5", 1.2, "none");
    for (const g of stadt) line(g, "#1b1b1b", 2, "6 4");
    line(wahl.gebiet, "#12436d", 3, "none");
    eigene.forEach((w, i) => {
      const hier = reihe.tage[i] === wahl.stichtag;
      if (w && w[ZAHL] !== null) bild.append(svg("circle", { cx: x(i), cy: y(w[ZAHL]), r: hier ? 6 : 4, fill: w[ART] === "m" ? "#fff" : "#12436d", stroke: "#12436d", "stroke-width": 2 }));
      const lage = w && w[ZAHL] !== null ? y(w[ZAHL]) - 11 : H - U - 6;
      if (zeit.length < 9 || hier || i === zeit.length - 1) bild.append(label(x(i), lage, w ? w[TEXT] : "–", B));
      if (zeit.length < 9 || hier || i === 0 || i === zeit.length - 1) bild.append(label(x(i), H - U + (i % 2 && zeit.length > 4 ? 34 : 17), d.tage[reihe.tage[i]], B));
    });
    $("verlauf").replaceChildren(bild, element("p", { className: "klein" }, `Kräftig: ${name[wahl.gebiet]}. Grau: die anderen Gebiete.${stadt.length ? ` Gestrichelt: ${d.ort}.` : ""}${von < 0 ? "" : " Die senkrechte Achse beginnt bei null."} • geschützt, – kein Wert.`));
    $("brueche").replaceChildren(...reihe.brueche.map(([tag, satz]) => element("li", {}, `Ab ${d.tage[tag]} nicht fortgesetzt (rote Linie): ${satz}`)));
  }
  // A text at the edge begins or ends there; a single sign stands where it belongs.
  function label(x, y, inhalt, breite) {
    const [anker, schub] = inhalt.length < 3 ? ["middle", 0] : x < 40 ? ["start", -18] : x > breite - 60 ? ["end", 28] : ["middle", 0];
    return svg("text", { x: x + schub, y, "text-anchor": anker }, inhalt);
  }

  function drawProof() {
    const w = at(wahl.gebiet), teile = [["Gebiet", name[wahl.gebiet]], ["Wert", spoken(w)], [d.ort, spokenTown()],
      ["Stichtag", d.tage[wahl.stichtag]], ["Indikator", `${d.indikatoren[wahl.indikator].name}: ${d.indikatoren[wahl.indikator].definition}`]];
    if (wahl.definition !== "-") teile.push(["Definition", wort("definition", wahl.definition)]);
    if (w) teile.push(["Quelle", d.woerter[w[QUELLE]]]);
    if (w && d.woerter[w[HINWEIS]]) teile.push(["Hinweis", d.woerter[w[HINWEIS]]]);
    $("beleg").replaceChildren(...teile.map(([t, i]) => element("div", {}, element("dt", {}, t), element("dd", {}, i))));
  }
  for (const wo of ["karte", "raenge"]) $(wo).addEventListener("keydown", (e) => {
    const schritt = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[e.key];
    if (!schritt || !e.target.dataset.gebiet) return;
    e.preventDefault();
    const knoepfe = [...$(wo).querySelectorAll("[data-gebiet]")];
    knoepfe[knoepfe.indexOf(e.target) + schritt]?.focus();
  });
  const fromAddress = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  addEventListener("hashchange", () => {
    if (new URLSearchParams(wahl).toString() !== location.hash.slice(1)) draw(fromAddress());
  });
  addEventListener("resize", () => { if (d.karte) drawMap(); });
  draw(fromAddress());
})();
