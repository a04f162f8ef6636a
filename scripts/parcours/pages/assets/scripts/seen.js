/* What was watched on this device: addresses of pages, kept by the browser and told to nobody. */
const watchedHere = shelf("seen");
let unkept = null; // for this page alone, where the browser keeps nothing or has no more room
const seenHere = () => new Set(unkept ?? watchedHere.list());
const keepSeen = (paths) => {
  unkept = watchedHere.write(paths.size && JSON.stringify([...paths])) ? null : paths;
  document.dispatchEvent(new Event("parcours:seen"));
};
