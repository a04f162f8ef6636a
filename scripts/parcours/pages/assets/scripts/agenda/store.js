/* The meetings: fetched once, when they are asked for, and picked by what is chosen. */
const plain = (text) => text
  .normalize("NFD")
  .replace(/\p{M}/gu, "")
  .toLowerCase()
  .replace(/œ/g, "oe")
  .replace(/æ/g, "ae")
  .replace(/[^\p{L}\p{N}]+/gu, " ")
  .trim();

/** The meetings of a file, with names in place of indexes and what is searched in. */
const unpack = (data, isOver) => data.rows.map((row) => {
  const meeting = Object.fromEntries(data.fields.map((field, index) => [field, row[index]]));
  const [address, kind, collection, hue] = data.kinds[meeting.kind];
  const [mode, modeName] = data.modes[meeting.mode];
  const [where, location] = data.places[meeting.place];
  const states = meeting.states.map((index) => data.marks[index]);
  const themes = meeting.themes.map((index) => data.themes[index]);
  const territories = meeting.territories.map((index) => data.territories[index]);
  const organisations = meeting.organisations.map((index) => data.organisations[index][0]);
  const names = [...themes, ...territories].map(([, name]) => name);
  const searched = [
    meeting.title, meeting.summary, kind, collection, modeName, location, ...names, ...organisations,
  ];
  return {
    ...meeting,
    // A date of a series that has no page has a place on another.
    address: `${address}/${meeting.id}${meeting.id.includes("#") ? "" : "/"}`,
    collection: address,
    kind,
    hue,
    where,
    location,
    mode,
    theme: themes.map(([id]) => id),
    territory: territories.map(([id]) => id),
    stages: data.stages[meeting.stages][0],
    states,
    gone: ["cancelled", "postponed"].includes(states[0]?.[0]) ? states[0][1] : "",
    labels: meeting.labels.map((index) => data.marks[index]),
    over: meeting.until ? meeting.until * 60000 <= now.getTime() : isOver,
    searched: ` ${plain(searched.join(" "))} `,
  };
});

/** The page of its series, for the address of a date: with its own page, or a place on that one. */
const seriesOf = (address) => address.replace(/(?:#.*|\d{4}-\d\d-\d\d(?:-\d{4})?\/)$/, "");

/** Whether a meeting is held, or goes on, from today to Sunday, by the reader's calendar. */
const isThisWeek = ({ from, until, start }) => {
  const monday = new Date(now.getFullYear(), now.getMonth(), now.getDate() + ((8 - now.getDay()) % 7 || 7));
  return Boolean(start) && from * 60000 < monday.getTime() && until * 60000 > now.getTime();
};

/** Whether a meeting is one of those that are chosen. */
const matches = (state) => {
  const words = plain(state.words).split(" ").map((word) => ` ${word}`);
  return (one) => (!state.kind || one.collection === state.kind)
    && (!state.week || isThisWeek(one))
    && (!state.open || one.open * 60000 > now.getTime())
    && (!state.mode || one.mode === state.mode)
    && (!state.language || one.language === state.language)
    && (!state.theme || one.theme.includes(state.theme))
    && (!state.territory || one.territory.includes(state.territory))
    && words.every((word) => one.searched.includes(word));
};

/** Two files, by their addresses: the meetings of this year and to come, and the older ones.
    - `prepare()`: fetch the first one already; a failure is told when it is used.
    - `find(state)`: the meetings that are chosen, the range of their months, the calendars that
      cross two selections, and whether meetings of before this year are among them.
    - `named(addresses)`: those of a set of addresses; of a series, all its dates.
    - `every()`: all of them, and how addresses that have changed began and begin.
    - `recent()`: likewise of this year and to come, as the site says it now, or not at all.
    - `earlier()`: the older ones. */
const meetingStore = ({ recent, earlier }) => {
  const files = new Map();
  const asked = async (name, isOver, options = {}) => {
    const found = await fetch(name, options);
    if (!found.ok) {
      throw new Error(`${name}: ${found.status}`);
    }
    const data = await found.json();
    return { ...data, meetings: unpack(data, isOver) };
  };
  const fetched = (name, isOver) => {
    if (!files.has(name)) {
      const answer = asked(name, isOver);
      // What failed is asked for again.
      answer.catch(() => files.delete(name));
      files.set(name, answer);
    }
    return files.get(name);
  };
  const every = async () => {
    const [first, older] = await Promise.all([fetched(recent, false), fetched(earlier, true)]);
    return { moved: first.moved, meetings: [...older.meetings, ...first.meetings] };
  };
  return {
    every,
    prepare: () => {
      fetched(recent, false).catch(() => {});
    },
    recent: () => asked(recent, false, { cache: "no-cache" }),
    earlier: async () => (await fetched(earlier, true)).meetings,
    named: async (addresses) => {
      const pages = ({ address }) => [address, seriesOf(address)].filter((one) => addresses.has(one));
      const held = (one) => pages(one).length > 0;
      const found = (await fetched(recent, false)).meetings.filter(held);
      const known = new Set(found.flatMap(pages));
      return known.size === addresses.size ? found : (await every()).meetings.filter(held);
    },
    find: async (state) => {
      const first = await fetched(recent, false);
      const before = state.view ? state.month < first.since : state.past;
      const older = before ? (await fetched(earlier, true)).meetings : [];
      return {
        found: [...older, ...first.meetings].filter(matches(state)),
        range: first.months,
        crossings: new Set(first.crossings),
        older: Boolean(before),
      };
    },
  };
};
