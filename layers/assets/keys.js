// The map without a mouse: arrows and + − move it under a cross in its middle, which says what lies
// there; Enter or Space presses it. Not here: what is pressed does (page.js, draw.js).
"use strict";

// How far from the cross a symbol may lie to be meant: no further than the map moves by an arrow.
const REACH_PX = 60;

// “snapped” gives the place that is meant near one of the map's layers; “drawing” whether Enter has
// another meaning now.
hg.keys = function (map, snapped, drawing) {
  const container = map.getContainer();
  const cross = container.appendChild(hg.text("div", "", "hg-cross"));
  cross.hidden = true;

  /** @param {string} type */
  function fire(type) {
    const middle = map.containerPointToLayerPoint(map.getSize().divideBy(2));
    const layerPoint = snapped(middle, REACH_PX) ?? middle;
    map.fire(type, { layerPoint, containerPoint: map.layerPointToContainerPoint(layerPoint),
      latlng: map.layerPointToLatLng(layerPoint) });
  }

  /** @param {boolean} shown */
  function show(shown) {
    if (cross.hidden === !shown) return;
    cross.hidden = !shown;
    fire(shown ? "mousemove" : "mouseout");
  }

  container.addEventListener("focus", () => show(container.matches(":focus-visible")));
  container.addEventListener("blur", () => show(false));
  container.addEventListener("pointerdown", () => show(false));
  container.addEventListener("keydown", (event) => {
    if (event.target !== container) return;
    show(true);
    if (event.key !== " " && (event.key !== "Enter" || drawing())) return;
    event.preventDefault();
    fire("click");
  });
  map.on("moveend", () => cross.hidden || fire("mousemove"));
};
