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
const knownByShort = ({ meetings, moved }) => new Map([...byAddress(meetings)].flatMap(([address, said]) => {
  const one = { ...said, address };
  return [
    ...moved
      .filter(([, today]) => address.startsWith(today))
      .map(([old, today]) => [shortOf(old + address.slice(today.length)), one]),
    [shortOf(address), one],
  ];
}));

const passingAddress = (addresses) => `${site.href}${words.mineAddress}#ids=${addresses.map(shortOf).join("")}`;

/** What an address holds: what stands for each meeting, once; null where it hands nothing on. */
const handedOn = (fragment) => {
  const [, text] = fragment.match(/^#ids=([0-9A-Z]*)$/i) ?? [];
  if (text === undefined) return null;
  const all = text.toUpperCase().match(new RegExp(`.{${LONG}}`, "g")) ?? [];
  return [...new Set(all)].slice(0, MOST);
};
