/* What was watched on this device: addresses of pages, kept by the browser and told to nobody. */
const SEEN = `parcours seen ${new URL("../", document.querySelector("script[src*='assets/parcours.js']").src).pathname}`;
const seenHere = () => {
  try {
    const found = JSON.parse(localStorage.getItem(SEEN));
    return new Set(Array.isArray(found) ? found.filter((one) => typeof one === "string") : []);
  } catch {
    return new Set(); // a browser that keeps nothing, or what is nothing of ours
  }
};
const keepSeen = (paths) => {
  try {
    if (paths.size) localStorage.setItem(SEEN, JSON.stringify([...paths]));
    else localStorage.removeItem(SEEN);
  } catch {
    return; // a browser that keeps nothing
  }
  document.dispatchEvent(new Event("parcours:seen"));
};
