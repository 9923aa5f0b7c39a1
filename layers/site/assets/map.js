// The map of the site: what the app does around the map page, from files alone. It keeps the
// address, shows a card of what was chosen, and hands the page its legends. Not here: the map.
"use strict";

(() => {
  const words = JSON.parse(hg.part("map-words").textContent);
  const asked = new URLSearchParams(location.search);
  const card = hg.part("card");
  const embed = asked.get("embed") === "1";
  /** @type {Begun} */
  let map;
  /** @type {{ paint: string, unit: string | null, site: string | null, kinds: string[] | null, statuses: string[] | null }} */
  const chosen = { paint: words.paint, unit: null, site: null, kinds: null, statuses: null };
  let turn = 0;
  document.documentElement.classList.toggle("embed", embed);

  /** @param {string | null} text */
  const listed = (text) => (text ? text.split(",") : null);

  // The words of the address are the app's; what means nothing here is left out.
  function begin() {
    const paint = asked.get("paint") === "kinds" ? "kinds" : asked.get("axis") || (asked.get("paint") && "outreach");
    if (paint && words.paints.includes(paint)) chosen.paint = paint;
    const unit = asked.get("unit"), site = asked.get("site");
    if (unit && map.look.units[map.state.vintage].includes(unit)) chosen.unit = unit;
    if (site && map.columns.id.includes(site)) chosen.site = site;
    const kinds = listed(asked.get("kinds")), statuses = listed(asked.get("statuses"));
    if (kinds && kinds.every((kind) => map.look.kinds.includes(kind))) chosen.kinds = kinds;
    if (statuses && chosen.paint !== "kinds") chosen.statuses = statuses;
    if (embed) hg.part("hg-legend").dataset.open = "no";
    show(chosen.site);
  }

  // A legend as the model counted it.
  function legend() {
    const { scenes } = window.hgScenes ?? {};
    const some = chosen.paint === "kinds" && chosen.kinds?.length === 1 ? chosen.kinds[0] : "";
    return scenes?.[chosen.paint]?.[chosen.unit ?? ""]?.[some] ?? (chosen.paint === words.paint ? words.legend : null);
  }

  /** @param {string | null} [find] */
  function show(find) {
    const axis = chosen.paint === "kinds" ? "entry" : chosen.paint;
    const about = window.hgScenes?.about?.[chosen.paint] ?? null;
    const drawn = legend();
    map.take({ state: {
      axis, about, rings: true, unit: chosen.unit, site: chosen.site, kinds: chosen.kinds, statuses: chosen.statuses,
      ...(drawn && { legend: drawn }), ...(find && { find: { site: find, turn: ++turn } }),
    } });
    for (const button of document.querySelectorAll("[data-paint]")) {
      button.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (button).dataset.paint === chosen.paint));
    }
    hg.part("answer").textContent = words.answers[chosen.paint];
    tell();
    keep();
  }

  // What was chosen, in few words, with the way to all of it.
  function tell() {
    const i = chosen.site ? map.columns.id.indexOf(chosen.site) : -1;
    card.hidden = i < 0 && !chosen.unit;
    if (card.hidden) return card.replaceChildren();
    const close = hg.text("button", "×");
    close.type = "button";
    close.title = words.close;
    close.setAttribute("aria-label", words.close);
    close.addEventListener("click", () => {
      if (chosen.site) chosen.site = null;
      else chosen.unit = null;
      show();
    });
    return card.replaceChildren(close, ...(i >= 0 ? ofSite(i) : ofUnit(chosen.unit ?? "")));
  }

  /** @param {number} i */
  function ofSite(i) {
    const { columns, look, texts, state } = map;
    const rows = [hg.text("p", texts.kinds[look.kinds[columns.kind[i]]])];
    const letters = window.hgDay;
    for (const axis of ["entry", "outreach", "compliance"]) {
      const letter = letters[axis].charCodeAt(i), stage = letter < 97;
      const status = stage ? look.order.stage[letter - 65] : look.order[axis][letter - 97];
      if (stage && axis === "compliance") continue;
      const name = axis === "entry" ? "" : `${words.axes[stage ? "stage" : axis]}: `;
      rows.push(hg.text("p", name + texts.statuses[stage ? "stage" : axis][status]));
    }
    if (columns.lat[i] === null) rows.push(hg.text("p", words.unplaced));
    const unit = look.units[state.vintage][columns[state.vintage][i]];
    const id = columns.id[i];
    const path = words.pages ? words.odd[id] ?? `co-so/${id}.html` : unit && `don-vi/${state.vintage}-${unit}.html`;
    return [titled(columns.name[i]), ...rows, ...(path ? [way(path)] : [])];
  }

  /** @param {string} unit */
  function ofUnit(unit) {
    const about = window.hgScenes?.about?.[chosen.paint]?.[unit] ?? [];
    const path = `don-vi/${map.state.vintage}-${unit}.html`;
    return [titled(words.units[unit]), ...about.map((/** @type {string} */ line) => hg.text("p", line)), way(path)];
  }

  /** @param {string} text */
  function titled(text) {
    const title = hg.text("h2", text);
    title.lang = "vi";
    return title;
  }

  /** @param {string} path */
  function way(path) {
    const link = hg.text("a", words.more);
    link.href = path;
    if (embed) link.target = "_blank";
    return link;
  }

  // The address says what is seen, so that a copied link does too.
  function keep(place = location.hash) {
    const query = new URLSearchParams();
    if (chosen.site) query.set("site", chosen.site);
    if (chosen.unit) query.set("unit", chosen.unit);
    if (chosen.paint !== words.paint) query.set(chosen.paint === "kinds" ? "paint" : "axis", chosen.paint);
    if (chosen.kinds) query.set("kinds", chosen.kinds.join(","));
    if (chosen.statuses) query.set("statuses", chosen.statuses.join(","));
    if (embed) query.set("embed", "1");
    const text = String(query);
    history.replaceState(history.state, "", location.pathname + (text && "?" + text) + place);
  }

  /** @param {"kinds" | "statuses"} about @param {string[]} keys */
  const toggled = (about, keys) => (String(chosen[about]) === String(keys) ? null : keys);

  hg.host = {
    days: {},
    begin: (begun) => { map = begun; begin(); },
    hear: (said) => {
      if ("view" in said) return keep("#map=" + said.view);
      if ("kinds" in said) chosen.kinds = toggled("kinds", /** @type {string[]} */ (said.kinds));
      else if ("statuses" in said) chosen.statuses = toggled("statuses", /** @type {string[]} */ (said.statuses));
      else if ("unit" in said) Object.assign(chosen, { unit: said.unit, site: null });
      else if ("site" in said) chosen.site = /** @type {string | null} */ (said.site);
      else return undefined;
      return show();
    },
  };
  document.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("[data-paint]");
    if (!button) return;
    Object.assign(chosen, { paint: /** @type {HTMLElement} */ (button).dataset.paint, kinds: null, statuses: null });
    show();
  });
  // Many sites come after the first view, a part at a time; until then the units are there.
  hg.arriving = (leaflet, files, look, state, texts) => {
    const columns = /** @type {any} */ ({});
    window.hgRows = (part) => {
      for (const [name, cells] of Object.entries(part)) columns[name] = (columns[name] ?? []).concat(cells);
    };
    leaflet.hgUnits.show(state.vintage, null, null);
    leaflet.fitBounds(leaflet.hgUnits.bounds);
    const scripts = files.map((file) => Object.assign(document.createElement("script"), { src: file, async: false }));
    scripts[scripts.length - 1].addEventListener("load", () => hg.page(leaflet, columns, look, state, texts));
    window.addEventListener("load", () => document.head.append(...scripts));
  };

  // Legends of units and kinds come after the first view.
  window.addEventListener("load", () => {
    const script = document.createElement("script");
    script.src = words.scenes;
    script.addEventListener("load", () => map && show());
    document.head.append(script);
  });
})();
