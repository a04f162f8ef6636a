/* The theme starts its search on every page: a worker, its languages, and an index that grows with the
   community. All of it waits here until somebody turns to the search: the request for the index is
   opened as usual, and sent at the first focus, touch or mouse over the field, or at once where the
   address already holds words to look for; the worker starts with its first message, which comes
   after the index. */
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

const Started = window.Worker;
window.Worker = class extends EventTarget {
  #worker;
  #given;

  constructor(...given) {
    super();
    this.#given = given;
  }

  postMessage(...message) {
    if (!this.#worker) {
      this.#worker = new Started(...this.#given);
      this.#worker.addEventListener("message", ({ data }) => {
        // What follows the mark are words of a transcript: they are found, but read badly.
        for (const one of data.data?.items?.flat() ?? []) one.text = one.text.split("⁂")[0];
        this.dispatchEvent(new MessageEvent("message", { data }));
      });
    }
    this.#worker.postMessage(...message);
  }
};
