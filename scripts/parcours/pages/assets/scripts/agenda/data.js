/* The meetings: fetched once, when they are asked for. */
const plain = (text) => text
  .normalize("NFD")
  .replace(/\p{M}/gu, "")
  .toLowerCase()
  .replace(/œ/g, "oe")
  .replace(/æ/g, "ae")
  .replace(/[^\p{L}\p{N}]+/gu, " ")
  .trim();

const told = (fields, row) => Object.fromEntries(fields.map((field, index) => [field, row[index]]));

/** What meetings of a file share, with names in place of indexes and what is searched in. */
const sharedOf = (data) => data.said.map((row) => {
  const said = told(data.shared, row);
  const [themes, territories, organisations] = ["themes", "territories", "organisations"].map(
    (field) => said[field].map((index) => data[field][index]),
  );
  const [collection, kind, family, hue] = data.kinds[said.kind];
  const [mode, modeName] = data.modes[said.mode];
  const [where, location] = data.places[said.place];
  const [state, word] = said.states[0] ?? [];
  const names = [...themes, ...territories].map(([, name]) => name);
  const searched = [said.title, said.summary, kind, family, modeName, location, ...names, ...organisations];
  return {
    ...said,
    collection,
    kind,
    hue,
    where,
    location,
    mode,
    theme: themes.map(([id]) => id),
    territory: territories.map(([id]) => id),
    gone: ["cancelled", "postponed"].includes(state) ? word : "",
    searched: ` ${plain(searched.join(" "))} `,
  };
});

/** The meetings of a file. */
const unpack = (data, isOver) => {
  const shared = sharedOf(data);
  return data.rows.map((row) => {
    const own = told(data.fields, row);
    const said = shared[own.said];
    const until = own.from + own.lasts;
    return {
      ...said,
      ...own,
      until,
      // A date of a series that has no page has a place on another.
      address: `${said.collection}/${own.id}${own.id.includes("#") ? "" : "/"}`,
      over: until ? until * 60000 <= now.getTime() : isOver,
    };
  });
};

/** Two files, by their addresses, each with its meetings.
    - `recent(options)`: of this year and to come; fetched anew where there are options for that.
    - `earlier()`: the older ones. */
const meetingFiles = ({ recent, earlier }) => {
  const files = new Map();
  const asked = async (name, isOver, options) => {
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
  return {
    recent: (options) => (options ? asked(recent, false, options) : fetched(recent, false)),
    earlier: () => fetched(earlier, true),
  };
};
