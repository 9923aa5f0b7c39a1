// A photo that is larger than a report may have becomes smaller before it leaves the browser.
// A letter never follows "<": Streamlit would let the whole script fall.
((/** @type {number} */ most, /** @type {number} */ largest) => {  // bytes: of what is sent, of what is looked at
  if (window.hgPhoto) return;
  window.hgPhoto = true;
  const SIDES = [2048, 1600, 1200, 800];  // pixels, until it is small enough
  const INPUT = ".st-key-report input[type=file]";
  const SEND = ".st-key-report [class*=st-key-report_send_] button";

  /** @param {ImageBitmap} picture @param {number} side @returns {Promise< Blob | null>} */
  function packed(picture, side) {
    const share = Math.min(1, side / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * share));
    canvas.height = Math.max(1, Math.round(picture.height * share));
    const pen = canvas.getContext("2d");
    if (!pen) return Promise.resolve(null);
    pen.fillStyle = "white";  // what is seen through, a JPEG would have black
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.85); });
  }

  /** What no browser can open stays as it is: then it is refused in a sentence.
   * @param {File} photo @returns {Promise< File>} */
  async function smaller(photo) {
    try {
      const picture = await createImageBitmap(photo);  // as it was held
      try {
        for (const side of SIDES) {
          const made = await packed(picture, side);
          if (made && made.size <= most) {
            return new File([made], photo.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
          }
        }
      } finally {
        picture.close();
      }
    } catch { /* as above */ }
    return photo;
  }

  // Nothing is sent while a photo is made smaller or on its way: it would be missing, unnoticed.
  let making = 0;
  function hold() {
    const busy = making > 0 || Boolean(document.querySelector(".st-key-report [data-testid=stFileChipIconSpinner]"));
    document.querySelector(SEND)?.toggleAttribute("disabled", busy);
    if (busy) setTimeout(hold, 100);
  }
  function holdBack() {
    document.querySelector(SEND)?.toggleAttribute("disabled", true);
    setTimeout(hold, 300);  // by then it is on its way
  }

  /** Of two chosen the later one counts.
   * @param {HTMLInputElement} input @param {File} photo */
  async function hand(input, photo) {
    newest.set(input, photo);
    making++;
    holdBack();
    const made = await smaller(photo);
    making--;
    if (newest.get(input) !== photo) return;
    const chosen = new DataTransfer();
    chosen.items.add(made);
    input.files = chosen.files;
    handed.add(input);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** @type {WeakSet< HTMLInputElement>} */
  const handed = new WeakSet();
  /** @type {WeakMap< HTMLInputElement, File>} */
  const newest = new WeakMap();
  /** @param {FileList | null | undefined} files */
  const large = (files) => files?.length === 1 && files[0].size > most && files[0].size <= largest;

  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.matches(INPUT)) return;
    holdBack();
    if (handed.delete(input) || !input.files || !large(input.files)) return;
    event.stopImmediatePropagation();
    hand(input, input.files[0]);
  }, true);
  document.addEventListener("drop", (event) => {
    const place = event.target instanceof Element && event.target.closest(".st-key-report section");
    const input = place && place.querySelector("input[type=file]");
    if (!(input instanceof HTMLInputElement) || !event.dataTransfer || !large(event.dataTransfer.files)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    hand(input, event.dataTransfer.files[0]);
  }, true);
})
