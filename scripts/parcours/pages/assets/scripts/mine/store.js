/* The meetings that are asked for by their addresses. */
/** The page of its series, for the address of a date: with its own page, or a place on that one. */
const seriesOf = (address) => address.replace(/(?:#.*|\d{4}-\d\d-\d\d(?:-\d{4})?\/)$/, "");

/** The meetings of two files.
    - `named(addresses)`: those of a set of addresses; of a series, all its dates.
    - `every()`: all of them, and how addresses that have changed began and begin.
    - `recent()`: likewise of this year and to come, as the site says it now, or not at all.
    - `earlier()`: the older ones. */
const meetingsBy = (addresses) => {
  const { recent, earlier } = meetingFiles(addresses);
  const every = async () => {
    const [first, older] = await Promise.all([recent(), earlier()]);
    return { moved: first.moved, meetings: [...older.meetings, ...first.meetings] };
  };
  return {
    every,
    recent: () => recent({ cache: "no-cache" }),
    earlier: async () => (await earlier()).meetings,
    named: async (wanted) => {
      const pages = ({ address }) => [address, seriesOf(address)].filter((one) => wanted.has(one));
      const held = (one) => pages(one).length > 0;
      const found = (await recent()).meetings.filter(held);
      const known = new Set(found.flatMap(pages));
      return known.size === wanted.size ? found : (await every()).meetings.filter(held);
    },
  };
};
