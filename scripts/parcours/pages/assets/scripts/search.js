/* The theme asks for the search index on every page, and it grows with the community. It waits here
   until somebody turns to the search: the request is opened as usual, and sent at the first focus,
   touch or mouse over the field, or at once where the address already holds words to look for. */
const wanted = new Promise((resolve) => {
  if (new URLSearchParams(location.search).has("q")) resolve();
  for (const part of document.querySelectorAll("[data-md-component='search'], label[for='__search']")) {
    for (const sign of ["focusin", "pointerenter", "touchstart"]) {
      part.addEventListener(sign, resolve, { once: true, passive: true });
    }
  }
  document.querySelector("#__search")?.addEventListener("change", resolve, { once: true });
});
const { open } = XMLHttpRequest.prototype;
XMLHttpRequest.prototype.open = function (method, address, ...rest) {
  if (String(address).endsWith("/search/search_index.json")) {
    const { send } = this;
    this.send = (...body) => wanted.then(() => send.apply(this, body));
  }
  return open.call(this, method, address, ...rest);
};
