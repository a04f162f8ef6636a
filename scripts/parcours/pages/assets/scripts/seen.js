/* What was watched on this device: addresses of pages, kept by the browser and told to nobody. */
const SEEN = `parcours seen ${new URL("../", document.querySelector("script[src*='assets/parcours.js']").src).pathname}`;
let unkept = null; // for this page alone, where the browser keeps nothing or has no more room
const seenHere = () => {
  if (unkept) return new Set(unkept);
  try {
    const found = JSON.parse(localStorage.getItem(SEEN));
    return new Set(Array.isArray(found) ? found.filter((one) => typeof one === "string") : []);
  } catch {
    return new Set(); // a browser that keeps nothing, or what is nothing of ours
  }
};
const keepSeen = (paths) => {
  unkept = null;
  try {
    if (paths.size) localStorage.setItem(SEEN, JSON.stringify([...paths]));
    else localStorage.removeItem(SEEN);
  } catch {
    unkept = paths;
  }
  document.dispatchEvent(new Event("parcours:seen"));
};
