/* What was watched on this device: addresses of pages, kept by the browser and told to nobody. */
const watchedHere = shelf("seen");
let unkept = null; // for this page alone, where the browser keeps nothing or has no more room
// A talk within a meeting is another recording than that of the meeting.
const pathTo = ({ href }, { pathname, hash } = new URL(href)) => pathname + hash.replace(/^#replay$/, "");
const seenHere = () => new Set(unkept ?? watchedHere.list());
const keepSeen = (paths) => {
  unkept = watchedHere.write(paths.size && JSON.stringify([...paths])) ? null : paths;
  document.dispatchEvent(new Event("parcours:seen"));
};
