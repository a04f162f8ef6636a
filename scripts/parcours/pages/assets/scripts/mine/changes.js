/* What has changed of a meeting since the reader saw it. */
const WHILE = 600_000; // milliseconds in which the site is not asked again

/** A meeting as it is compared; all of it is of the data of the agenda. */
const snapshot = (one) => {
  const stage = one.stages.split(" ")[0];
  const when = [one.date, one.hour].filter(Boolean).join(", ");
  return {
    start: one.start,
    until: one.until,
    when: one.zone ? `${when} (${one.zone})` : when,
    state: ["cancelled", "postponed"].includes(stage) ? stage : "",
    where: one.location || one.where,
    replay: one.states.some(([key]) => key === "replay"),
  };
};

const isPast = ({ start, until }) => (until ? until * 60_000 : Date.parse(start)) < Date.now();

/** The changes that a reader should know, by the key of their text, each with what it was and is: as
    in news (`model/news.py`) those of the date and the state, not once it has ended or is called off,
    and its replay; and its place, since a reader goes there. */
const changesOf = ({ seen, now: told }) => {
  if (told === undefined) return [];
  if (told === null) return [["gone", "", ""]];
  const found = [];
  if (!isPast(seen) || !isPast(told)) {
    if (told.state !== seen.state) found.push([told.state || "back", "", ""]);
    if (told.state) return found;
    if (told.start !== seen.start) found.push(["start", seen.when, told.when]);
    if (told.where !== seen.where && told.where) found.push(["where", seen.where, told.where]);
  }
  if (told.replay && !seen.replay) found.push(["replay", "", ""]);
  return found;
};

/** What the reader has seen of a star, and what the site says of it now.
    - `one`: its meeting in the data of the last twelve months and to come; none for another. */
const compared = (star, one) => {
  if (!one) return isPast(star.seen) ? { ...star, now: star.now ?? star.seen } : { ...star, now: null };
  const told = snapshot(one);
  return { title: one.title, seen: { ...told, ...star.seen }, now: told };
};

/** Where what was at an address is today.
    - `moved`: pairs of beginnings of addresses, the old and the new. */
const addressToday = (address, moved) => {
  const [old, today] = moved.find(([from]) => address.startsWith(from)) ?? ["", ""];
  return today + address.slice(old.length);
};

/** Meetings by their addresses. A star keeps the page of a series, which stands for its next date. */
const byAddress = (meetings) => {
  const found = new Map(meetings.map((one) => [one.address, one]));
  for (const one of meetings) {
    const series = seriesOf(one.address);
    const known = found.get(series);
    if (series !== one.address && (!known || (known.over && !one.over))) found.set(series, one);
  }
  return found;
};

/** Asks the site, when it was not asked a while ago or something was never asked. */
const checkKept = async (store) => {
  const { stars, checked } = readKept();
  const ago = Date.now() - checked;
  const known = [...stars.values()].every(({ now: told }) => told !== undefined);
  if (!stars.size || (known && ago >= 0 && ago < WHILE)) return;
  const { meetings, moved } = await store.recent();
  const held = byAddress(meetings);
  const isMissed = ([address, { seen }]) => !held.has(addressToday(address, moved)) && !isPast(seen);
  if ([...stars].some(isMissed)) {
    // What has no date, or a recording of another year, is no less there.
    for (const [address, one] of byAddress(await store.earlier())) {
      if (!held.has(address)) held.set(address, one);
    }
  }
  keep((kept) => {
    kept.checked = Date.now();
    for (const [old, star] of [...kept.stars]) {
      const address = addressToday(old, moved);
      kept.stars.delete(old);
      kept.stars.set(address, compared(star, held.get(address)));
    }
  });
};
