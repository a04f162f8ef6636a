/* The meetings that a reader keeps: they stand in the browser's own storage, on this device, by the
   address of each, which is for ever, with what the reader has seen of it and what the site says
   now. Nothing of it is sent. */
const shelved = shelf("mine");
const FORM = 1; // of what is kept; raised when an older script could not read it
const MOST = 500; // meetings

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/* As texts are looked up by it, the state of a meeting is one that is known. */
const isTold = (one) => isObject(one) && [undefined, "", "cancelled", "postponed"].includes(one.state);
const ADDRESS = /^(?:[\w~%-][\w.~%-]*\/)+$/;
const isSound = ([address, star]) => ADDRESS.test(address)
  && isObject(star)
  && typeof star.title === "string"
  && isTold(star.seen)
  && (star.now === undefined || star.now === null || isTold(star.now));

const nothingKept = (fault) => ({ fault, checked: 0, stars: new Map() });

/** What is kept:
    - `stars`: by address, `title`, `seen`, and `now`: undefined before the site was asked, null for
      what is no longer there;
    - `checked`: when the site was asked, in milliseconds;
    - `fault`: why nothing can be read: "refused", "damaged" or "newer"; "" for none. */
const readKept = () => {
  const text = shelved.read();
  if (text === undefined) return nothingKept("refused");
  if (text === null) return nothingKept("");
  try {
    const { form, checked, stars } = JSON.parse(text);
    if (form > FORM) return nothingKept("newer");
    if (form !== FORM || !isObject(stars)) return nothingKept("damaged");
    const sound = Object.entries(stars).filter(isSound);
    return { fault: "", checked: Number(checked) || 0, stars: new Map(sound) };
  } catch {
    return nothingKept("damaged");
  }
};

const tellKept = () => document.dispatchEvent(new Event("parcours:kept"));

/** Changes what is kept, as other pages left it; says why not: a fault, "full", "many", else "".
    - `change(kept)`: works on what was read. */
const keep = (change) => {
  const kept = readKept();
  if (kept.fault) return kept.fault;
  const before = kept.stars.size;
  change(kept);
  if (kept.stars.size > Math.max(before, MOST)) return "many";
  const { checked, stars } = kept;
  const text = stars.size && JSON.stringify({ form: FORM, checked, stars: Object.fromEntries(stars) });
  if (!shelved.write(text)) return "full";
  tellKept();
  return "";
};

/** Calls back when what is kept changes: here, in another tab, or while this page was put aside. */
const whenKeptChanges = (show) => {
  document.addEventListener("parcours:kept", show);
  addEventListener("storage", ({ key }) => {
    if (key === shelved.key || key === null) show();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) show();
  });
};
