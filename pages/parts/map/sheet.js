// On a phone the panel, and the passport over it, are a sheet at the foot of the screen with three
// stops: a peek with the answer, half, full. Pulled by the bar at its top, which also works as a
// button and with the arrow keys. Without this script the panel is Streamlit's drawer.
(() => {
  const root = document.documentElement;
  const stops = ["peek", "half", "full"];
  if (!root.dataset.sheet) root.dataset.sheet = "peek";
  if (window.hgSheet) return;
  window.hgSheet = true;
  /** @type {{ box: HTMLElement, bar: Element, y: number, height: number, moved: boolean } | null} */
  let pull = null;
  let pulled = -1e4;

  /** @type {(target: EventTarget | null) => HTMLElement | null} */
  const handle = (target) => (target instanceof Element ? target.closest(".hg-handle") : null);
  /** @type {(bar: Element) => HTMLElement} */
  const sheet = (bar) => /** @type {HTMLElement} */ (bar.closest(".st-key-passport, [data-testid=stSidebar]"));
  // The passport has a stop of its own, half at first.
  /** @type {(box: Element) => "passport" | "sheet"} */
  const named = (box) => (box.matches(".st-key-passport") ? "passport" : "sheet");
  /** @type {(box: Element) => number} */
  const at = (box) => stops.indexOf(root.dataset[named(box)] || "half");

  /** @param {Element} box @param {number} n */
  function stop(box, n) {
    const to = stops[Math.max(0, Math.min(stops.length - 1, n))];
    root.dataset[named(box)] = to;
    box.querySelector(".hg-handle")?.setAttribute("aria-expanded", String(to !== "peek"));
    if (to === "peek") (box.querySelector("[data-testid=stSidebarContent]") || box).scrollTop = 0;
  }

  document.addEventListener("pointerdown", (event) => {
    const bar = handle(event.target);
    if (!bar) return;
    const box = sheet(bar);
    pull = { box, bar, y: event.clientY, height: box.offsetHeight, moved: false };
    bar.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    if (!pull) return;
    const up = pull.y - event.clientY;
    if (Math.abs(up) > 6) pull.moved = true;
    if (!pull.moved) return;
    pull.box.style.setProperty("--pulled", `${Math.max(80, pull.height + up)}px`);
    pull.box.classList.add("hg-pulled");
  });
  function letGo() {
    if (!pull) return;
    const { box, moved } = pull, share = box.offsetHeight / window.innerHeight;
    box.classList.remove("hg-pulled");
    if (moved) {
      stop(box, share < 0.33 ? 0 : share < 0.68 ? 1 : 2);
      pulled = performance.now();
    }
    pull = null;
  }
  document.addEventListener("pointerup", letGo);
  document.addEventListener("pointercancel", letGo);
  document.addEventListener("click", (event) => {
    const bar = handle(event.target), panel = document.querySelector("[data-testid=stSidebar]");
    const list = event.target instanceof Element && event.target.closest("a[href$='#danh-sach']");
    if (list && panel) stop(panel, 0);
    if (!bar || performance.now() - pulled < 300) return;
    const box = sheet(bar);
    stop(box, (at(box) + 1) % stops.length);
  });
  document.addEventListener("keydown", (event) => {
    const bar = handle(event.target);
    if (!bar) return;
    const by = { ArrowUp: 1, ArrowDown: -1, Escape: -stops.length, Home: -stops.length, End: stops.length }[event.key];
    if (!by) return;
    event.preventDefault();
    const box = sheet(bar);
    stop(box, at(box) + by);
  });
})();
