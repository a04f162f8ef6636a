/* To another device: an address that holds the meetings behind its #, which browsers keep to
   themselves, and that address as a QR code. */
const LONG = 7; // letters for a meeting: 36 bits, which 3,000 meetings share by chance once in 17,000 sites
const HELD = 200; // meetings in a code that a telephone reads from a screen

/** What stands for a meeting: its address in a few letters, by the hash of FNV-1a (RFC 9923). */
const shortOf = (address) => {
  let hash = 0xcbf29ce484222325n;
  for (const letter of address) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(letter.codePointAt(0))) * 0x100000001b3n);
  }
  // Digits and capitals: of those a code holds the most.
  return (hash % 36n ** BigInt(LONG)).toString(36).toUpperCase().padStart(LONG, "0");
};

/** Meetings by what stands for each, at the address of today or an old one. */
const knownByShort = ({ meetings, moved }) => new Map(meetings.flatMap((one) => [
  ...moved
    .filter(([, today]) => one.address.startsWith(today))
    .map(([old, today]) => [shortOf(old + one.address.slice(today.length)), one]),
  [shortOf(one.address), one],
]));

const passingAddress = (addresses) => `${site.href}${words.mineAddress}#ids=${addresses.map(shortOf).join("")}`;

/** What an address holds: what stands for each meeting, once; null where it hands nothing on. */
const handedOn = (fragment) => {
  const [, text] = fragment.match(/^#ids=([0-9A-Z]*)$/i) ?? [];
  if (text === undefined) return null;
  const all = text.toUpperCase().match(new RegExp(`.{${LONG}}`, "g")) ?? [];
  return [...new Set(all)].slice(0, MOST);
};

const drawing = (name, attributes) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

/** The QR code of a text as a drawing, dark on light whatever the page's colours, with its margin. */
const drawnCode = async (text) => {
  const { generate } = await import(new URL("assets/qr/lean-qr.js", site).href);
  const code = generate(text);
  let dark = "";
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      if (code.get(x, y)) dark += `M${x + 4} ${y + 4}h1v1h-1z`;
    }
  }
  const side = code.size + 8;
  const image = drawing("svg", { viewBox: `0 0 ${side} ${side}`, "shape-rendering": "crispEdges" });
  image.append(drawing("rect", { width: side, height: side, fill: "#fff" }), drawing("path", { d: dark, fill: "#000" }));
  return image;
};
