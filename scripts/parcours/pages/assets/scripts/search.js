/* The theme's search has our worker and our index (assets/search/), and waits until somebody turns to
   it: at the first focus, touch or mouse over the field, or at once where the address already holds
   words to look for. The request for the theme's index asks for ours, and is sent then; the worker
   starts with its first message, which comes after the index. */
const folder = new URL("search/", document.currentScript.src).href;
const own = `${folder}worker.js`;
const settings = document.getElementById("__config");
if (settings) {
  settings.textContent = JSON.stringify({ ...JSON.parse(settings.textContent), search: own });
}

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
  if (!String(address).endsWith("/search/search_index.json")) return open.call(this, method, address, ...rest);
  const { send } = this;
  this.send = (...body) => wanted.then(() => send.apply(this, body));
  return open.call(this, method, `${folder}index.json`, ...rest);
};

/* The theme looks for what stands in the field when a key is let go: what is pasted, dictated, or put
   together from several keys, as « é » may be, comes without one. */
document.querySelector("[data-md-component='search-query']")
  ?.addEventListener("input", ({ target }) => target.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true })));

class Waiting extends EventTarget {
  #worker;

  postMessage(...message) {
    if (!this.#worker) {
      this.#worker = new Started(own);
      this.#worker.addEventListener("message", ({ data }) => this.dispatchEvent(new MessageEvent("message", { data })));
    }
    this.#worker.postMessage(...message);
  }
}

const Started = window.Worker;
window.Worker = new Proxy(Started, {
  construct: (target, given) => (String(given[0]) === own ? new Waiting() : new target(...given)),
});

/* A way from the dialog to the page of the search, with the words that stand there. Who goes through the
   results by keys comes by it; the theme's own key follows the highest of them, this one after all. */
const answers = document.querySelector("[data-md-component='search-result']");
const asked = document.querySelector("[data-md-component='search-query']");
if (words.find && answers && asked) {
  const [address, key, label] = words.find;
  const page = new URL(`../../${address}`, folder);
  const part = document.createElement("p");
  const link = document.createElement("a");
  const name = document.createElement("span");
  part.className = "pc-search-on";
  name.textContent = label;
  name.dataset.mdScore = -1;
  if (words.foreign) link.lang = words.foreign;
  link.append(name);
  part.append(link);
  const lead = () => {
    page.search = asked.value.trim() ? new URLSearchParams([[key, asked.value.trim()]]) : "";
    link.href = page.href;
  };
  asked.addEventListener("input", lead);
  link.addEventListener("focus", lead);
  lead();
  answers.lastElementChild.before(part);
}
