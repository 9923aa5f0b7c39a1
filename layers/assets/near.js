// “Near me”: which of the sites on the map lie nearest to the reader. Asked for first; where that is
// stays in this page. Not here: which sites are on the map (sites.js).
"use strict";

hg.near = function (map, listed, choose, texts) {
  const most = 10, zoom = 12;
  const here = L.featureGroup();
  let asked = 0;  // of which question an answer is; whoever closes the list asks no more
  const button = L.DomUtil.create("button", "leaflet-bar");
  Object.assign(button, { id: "hg-near", type: "button", title: texts.title, hidden: true });
  button.setAttribute("aria-label", texts.title);
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", "hg-around");
  button.innerHTML = '<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6"><circle cx="8" cy="8" r="5"/>'
    + '<path d="M8 0v5M8 11v5M0 8h5M11 8h5"/></svg>';
  const box = document.body.appendChild(L.DomUtil.create("section", ""));
  Object.assign(box, { id: "hg-around", hidden: true });
  box.setAttribute("aria-label", texts.title);
  const words = box.appendChild(hg.text("p", texts.words)), start = box.appendChild(hg.text("button", texts.start));
  const status = box.appendChild(hg.text("p", ""));
  const list = box.appendChild(document.createElement("ol"));
  status.setAttribute("role", "status");
  start.type = "button";

  /** @param {boolean} open */
  function show(open) {
    box.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) return start.focus({ preventScroll: true });
    asked += 1;
    here.clearLayers().remove();
    list.replaceChildren();
    status.textContent = "";
    words.hidden = start.hidden = false;
    return undefined;
  }

  /** @param {GeolocationPosition} position */
  function took({ coords }) {
    const at = L.latLng(coords.latitude, coords.longitude);
    const form = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
    const nearest = listed().map((site) => ({ ...site, metres: map.distance(at, site.at) }))
      .sort((a, b) => a.metres - b.metres).slice(0, most);
    words.hidden = start.hidden = true;
    status.textContent = nearest.length ? texts.sorted : texts.none;
    list.replaceChildren(...nearest.map(({ i, name, metres }) => {
      const row = document.createElement("li"), one = row.appendChild(hg.text("button", name));
      one.type = "button";
      one.append(hg.text("small", form.format(metres / 1000) + "\u00a0km"));
      one.addEventListener("click", () => choose(i));
      return row;
    }));
    const style = { color: hg.accent, interactive: false, pane: "place" };
    here.clearLayers().addTo(map);
    L.circle(at, { ...style, weight: 1, fillOpacity: 0.08, radius: coords.accuracy }).addTo(here);
    L.circleMarker(at, { ...style, weight: 2, fillOpacity: 1, radius: 5 }).addTo(here);
    // Where the map is stands in the address: it goes to the site, not to the reader.
    if (nearest.length) map.setView(nearest[0].at, Math.max(map.getZoom(), zoom));
    /** @type {HTMLElement | null} */ (list.querySelector("button"))?.focus({ preventScroll: true });
  }

  button.addEventListener("click", () => show(Boolean(box.hidden)));
  start.addEventListener("click", () => {
    status.textContent = texts.asking;
    const question = asked += 1;
    navigator.geolocation.getCurrentPosition((position) => question === asked && took(position),
      () => { if (question === asked) status.textContent = texts.refused; }, { maximumAge: 60000, timeout: 15000 });
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    show(false);
    button.focus({ preventScroll: true });
  });
  L.DomEvent.disableClickPropagation(button);
  const control = new L.Control({ position: "topright" });
  control.onAdd = () => button;
  control.addTo(map);
  return {
    show: function (offered) {
      const was = button.hidden;
      button.hidden = !offered || !navigator.geolocation;
      if (button.hidden && !box.hidden) show(false);
      return was !== button.hidden;
    },
  };
};
