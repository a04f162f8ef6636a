/* What the scripts of every page share. */
/** Where the site begins. */
const site = new URL("../", document.currentScript.src);

/** A text that the browser keeps for this site alone, as one host may hold several.
    - `name`: of what is kept;
    - `room`: where, on this device, or in this tab until it is closed ("sessionStorage").
    - `key`: by which the browser knows it;
    - `read()`: null where nothing is kept, undefined where the browser keeps nothing;
    - `list()`: texts that were kept as JSON; none where it is nothing of ours;
    - `write(text)`: "" for nothing; says whether it could be kept. */
const shelf = (name, room = "localStorage") => {
  const key = `parcours ${site.pathname} ${name}`;
  const read = () => {
    try {
      return window[room].getItem(key);
    } catch {
      return undefined;
    }
  };
  const list = () => {
    try {
      const found = JSON.parse(read());
      return Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
    } catch {
      return [];
    }
  };
  const write = (text) => {
    try {
      if (text) window[room].setItem(key, text);
      else window[room].removeItem(key);
      return true;
    } catch {
      return false;
    }
  };
  return { key, read, list, write };
};
