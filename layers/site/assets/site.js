// What pages of the site do beyond being read: search, “near me”, a filter of rows, a copied link.
// Without it every page is still whole. Texts come with the page; nothing is sent anywhere.
"use strict";

(() => {
  const here = /** @type {HTMLScriptElement} */ (document.currentScript);
  const words = hgSiteWords;
  const { home = "", root = "" } = here.dataset;
  const fold = (/** @type {string} */ text) => text.normalize("NFD").toLowerCase().replace(/[\u0300-\u036f]/g, "")
    .replace(/đ/g, "d").replace(/[^a-z0-9]+/g, " ").trim();
  /** @type {<T extends HTMLElement>(part: string) => T | null} */
  const first = (part) => document.querySelector(part);
  const filled = (/** @type {string} */ text, /** @type {Record<string, string | number>} */ values) =>
    text.replace(/{(\w+)}/g, (_all, name) => String(values[name]));

  // --- search: words in any order, with or without diacritics, and slips of a letter ------------------
  /** @type {[label: string, note: string, path: string, folded: string[], name: string][]} */
  let index = [];
  window.hgIndex = (rows) => {
    index = rows.map(([label, note, path, more]) => [label, note, path, fold(`${label} ${note} ${more}`).split(" "), fold(label)]);
  };

  // Whether a word is begun by another but for so many slips (one, or two of a long word).
  /** @param {string} word @param {string} begun */
  function near(word, begun) {
    const most = begun.length > 7 ? 2 : begun.length > 3 ? 1 : 0;
    if (word.startsWith(begun) || !most) return word.startsWith(begun);
    let row = Array.from({ length: begun.length + 1 }, (_, k) => k);
    let before = row, least = row[begun.length];
    for (let i = 1; i <= Math.min(word.length, begun.length + most); i++) {
      const next = [i];
      for (let k = 1; k <= begun.length; k++) {
        const same = word[i - 1] === begun[k - 1] ? 0 : 1;
        next[k] = Math.min(row[k] + 1, next[k - 1] + 1, row[k - 1] + same);
        if (i > 1 && k > 1 && word[i - 1] === begun[k - 2] && word[i - 2] === begun[k - 1]) next[k] = Math.min(next[k], before[k - 2] + 1);
      }
      [before, row] = [row, next];
      least = Math.min(least, row[begun.length]);
    }
    return least <= most;
  }

  /** @param {string} text */
  function found(text) {
    const wanted = fold(text), parts = wanted.split(" ").filter(Boolean);
    if (!parts.length) return [];
    /** @type {((word: string, part: string) => boolean)[]} */
    const ways = [(word, part) => word.startsWith(part), (word, part) => word.includes(part), near];
    for (const way of ways) {
      const hits = index.filter((row) => parts.every((part) => row[3].some((word) => way(word, part))));
      if (!hits.length) continue;
      const rank = (/** @type {typeof index[0]} */ row) => (row[4] === wanted ? 0 : row[4].startsWith(wanted) ? 1
        : parts.every((part) => row[4].includes(part)) ? 2 : 3);
      return hits.map((row, k) => ({ row, rank: rank(row), k })).sort((a, b) => a.rank - b.rank || a.k - b.k)
        .map((hit) => hit.row);
    }
    return [];
  }

  function search() {
    const box = first("[data-find]"), field = /** @type {HTMLInputElement | null} */ (first("#find"));
    const list = first("#finds"), count = first("#find-count");
    if (!box || !field || !list || !count) return;
    box.hidden = false;
    let at = -1, asked = false;
    const options = () => /** @type {HTMLElement[]} */ ([...list.children]);

    function close() {
      list?.setAttribute("hidden", "");
      field?.setAttribute("aria-expanded", "false");
      field?.removeAttribute("aria-activedescendant");
      at = -1;
    }

    /** @param {number} k */
    function mark(k) {
      const rows = options();
      at = (k + rows.length) % rows.length;
      rows.forEach((row, i) => row.setAttribute("aria-selected", String(i === at)));
      rows[at].scrollIntoView({ block: "nearest" });
      field?.setAttribute("aria-activedescendant", rows[at].id);
    }

    function show() {
      if (!list || !count || !field) return;
      const hits = found(field.value), best = hits.slice(0, 10);
      list.replaceChildren(...best.map(([label, note, path], k) => {
        const row = document.createElement("li");
        row.id = `find-${k}`;
        row.setAttribute("role", "option");
        row.dataset.path = path;
        row.append(Object.assign(document.createElement("b"), { textContent: label }),
          Object.assign(document.createElement("small"), { textContent: note }));
        return row;
      }));
      count.textContent = fold(field.value) ? filled(words.found, { n: hits.length }) : "";
      list.hidden = !best.length;
      field.setAttribute("aria-expanded", String(best.length > 0));
      if (best.length) at = -1;
      else close();
    }

    function load() {
      if (asked) return;
      asked = true;
      const script = document.createElement("script");
      script.src = words.index.replace("{root}", root);
      script.addEventListener("load", show);
      document.head.append(script);
    }
    field.addEventListener("focus", load);
    field.addEventListener("input", () => { load(); show(); });
    field.addEventListener("keydown", (event) => {
      const rows = options();
      if (event.key === "Escape") close();
      else if (!rows.length || list.hidden) return;
      else if (event.key === "ArrowDown") mark(at + 1);
      else if (event.key === "ArrowUp") mark(at < 0 ? rows.length - 1 : at - 1);
      else if (event.key === "Enter") open(rows[Math.max(at, 0)]);
      else return;
      event.preventDefault();
    });
    /** @param {HTMLElement} row */
    function open(row) {
      location.href = home + row.dataset.path;
    }
    list.addEventListener("mousedown", (event) => {
      const row = /** @type {HTMLElement} */ (event.target).closest("li");
      if (row) open(row);
    });
    field.addEventListener("blur", () => setTimeout(close, 150));
  }

  // --- near me: asks first; what the browser tells stays in this page -------------------------------------
  function around() {
    const box = first("[data-near]"), table = first("table[data-sites]");
    if (!box || !table || !navigator.geolocation) return;
    box.hidden = false;
    const status = /** @type {HTMLElement} */ (box.querySelector("[data-near-status]"));
    /** @type {(lat: number, lon: number) => (row: HTMLElement) => number} */
    const away = (lat, lon) => (row) => {
      if (!row.dataset.at) return Infinity;
      const [y, x] = row.dataset.at.split(",").map(Number), rad = Math.PI / 180;
      const h = Math.sin((y - lat) * rad / 2) ** 2 + Math.cos(lat * rad) * Math.cos(y * rad) * Math.sin((x - lon) * rad / 2) ** 2;
      return 2 * 6371 * Math.asin(Math.sqrt(h));
    };
    box.querySelector("button")?.addEventListener("click", () => {
      status.textContent = words.asking;
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        const far = away(coords.latitude, coords.longitude);
        const rows = /** @type {HTMLElement[]} */ ([...table.querySelectorAll("tbody tr")]);
        const sorted = rows.map((row) => ({ row, km: far(row) })).sort((a, b) => a.km - b.km);
        const form = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
        for (const { row, km } of sorted) {
          row.querySelector(".km")?.remove();
          if (km < Infinity) {
            const text = ` ${filled(words.km, { km: form.format(km) })}`;
            row.querySelector("th")?.append(Object.assign(document.createElement("small"), { className: "km", textContent: text }));
          }
        }
        table.querySelector("tbody")?.append(...sorted.map((one) => one.row));
        status.textContent = words.sorted;
      }, () => { status.textContent = words.refused; }, { maximumAge: 60000, timeout: 15000 });
    });
  }

  // --- a filter of the rows of a table ----------------------------------------------------------------------
  function filter() {
    const label = first("[data-filter]"), table = first("table[data-sites]");
    const field = label?.querySelector("input"), status = first("[data-filter-status]");
    if (!label || !table || !field || !status) return;
    label.hidden = false;
    const rows = /** @type {HTMLElement[]} */ ([...table.querySelectorAll("tbody tr")]);
    const texts = rows.map((row) => fold(row.textContent ?? ""));
    field.addEventListener("input", () => {
      const parts = fold(field.value).split(" ");
      let n = 0;
      rows.forEach((row, k) => {
        row.hidden = !parts.every((part) => texts[k].includes(part));
        n += row.hidden ? 0 : 1;
      });
      status.textContent = filled(words.found, { n });
    });
  }

  // The link is taken anew at each look: the map writes its place into the address.
  function shared() {
    const box = /** @type {HTMLDetailsElement | null} */ (first("[data-shared]"));
    const link = /** @type {HTMLInputElement | null} */ (first("[data-link]"));
    const frame = /** @type {HTMLTextAreaElement | null} */ (first("[data-frame]"));
    if (!box || !link) return;
    box.hidden = false;
    const served = location.protocol !== "file:";
    first("[data-served]")?.toggleAttribute("hidden", !served);
    first("[data-unserved]")?.toggleAttribute("hidden", served);
    const fill = () => {
      link.value = location.href;
      if (!frame) return;
      const at = new URL(location.href), made = document.createElement("iframe");
      at.searchParams.set("embed", "1");
      const given = { src: at.href, title: frame.dataset.frame ?? "", width: "100%", height: "480", loading: "lazy" };
      for (const [name, value] of Object.entries(given)) made.setAttribute(name, value);
      frame.value = made.outerHTML;
    };
    for (const kind of ["toggle", "focusin", "pointerenter"]) box.addEventListener(kind, fill);
    for (const field of [link, frame]) field?.addEventListener("focus", () => field.select());
  }

  function buttons() {
    for (const button of document.querySelectorAll("[data-share], [data-print]")) {
      /** @type {HTMLElement} */ (button).hidden = false;
      button.addEventListener("click", async () => {
        if (button.hasAttribute("data-print")) return window.print();
        try {
          await navigator.clipboard.writeText(location.href);
          button.textContent = words.copied;
        } catch {
          window.prompt(words.copy, location.href);
        }
        return undefined;
      });
    }
    shared();
    // The other language shows the same view.
    first("[data-language]")?.addEventListener("click", (event) => {
      const link = /** @type {HTMLAnchorElement} */ (event.currentTarget);
      link.href = link.href.split(/[?#]/)[0] + location.search + location.hash;
    });
    // One click beside a menu, or Esc, puts it away.
    for (const menu of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details.menu"))) {
      document.addEventListener("click", (event) => {
        if (menu.open && !menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
      });
      menu.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        menu.open = false;
        menu.querySelector("summary")?.focus();
      });
    }
  }

  search();
  around();
  filter();
  buttons();
  // Where it is served, what was read once is there without a network too.
  if (location.protocol.startsWith("http") && "serviceWorker" in navigator) {
    navigator.serviceWorker.register(`${root}sw.js`).catch(() => {});
  }
})();
