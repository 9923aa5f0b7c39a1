// What a browser does by itself, and Streamlit gets in the way of.
(() => {
  if (window.hgManners) return;
  window.hgManners = true;

  // Back twice, quickly: the run that the first one asked for ends after the second, and Streamlit
  // would push its path over the screen that one has gone back to. Only who clicks goes on.
  let wentBack = false;
  window.addEventListener("popstate", () => { wentBack = true; }, true);
  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, () => { wentBack = false; }, true);
  const push = history.pushState.bind(history);
  history.pushState = (state, title, url) => {
    if (wentBack && new URL(url ?? "", location.href).pathname !== location.pathname) return;
    push(state, title, url);
  };

  // The other language shows the same view, at the same place of the map, and is there again next
  // time: remembered, the usual one needs no word in the address.
  for (const kind of ["click", "auxclick"]) document.addEventListener(kind, (event) => {
    const link = event.target instanceof Element && event.target.closest("a.hg-language");
    if (!(link instanceof HTMLAnchorElement) || (event instanceof MouseEvent && event.button === 2)) return;  // a menu is no choice
    document.cookie = `hg_lang=${link.hreflang}; path=/; max-age=31536000; SameSite=Lax`;
    const to = new URL(location.href), remembered = document.cookie.includes(`hg_lang=${link.hreflang}`);
    if (remembered && "usual" in link.dataset) to.searchParams.delete("lang");
    else to.searchParams.set("lang", link.hreflang);
    link.href = to.href;
  }, true);

  // The place of the map stands in the address alone, after "#": the server never sees it.
  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element && event.target.closest("button.hg-here");
    if (!(button instanceof HTMLElement)) return;
    try {
      await navigator.clipboard.writeText(location.href);
      button.textContent = button.dataset.copied ?? "";
    } catch {
      window.prompt(button.textContent ?? "", location.href);
    }
  });

  // With Ctrl or Shift a link opens elsewhere, with the address that it has.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href]");
    if (link && (event.ctrlKey || event.metaKey || event.shiftKey)) event.stopImmediatePropagation();
  }, true);
})();
