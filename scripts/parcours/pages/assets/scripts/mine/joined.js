/* One calendar of several: the entries of the meetings' own files as they are, so that a program that
   reads it again updates what it has. */
const PARTS = /^BEGIN:(VTIMEZONE|VEVENT)\r\n[\s\S]*?^END:\1\r\n/gm;

/** The text of a calendar (RFC 5545) with all entries of some, each time zone once.
    - `files`: texts of calendars;
    - `name`: on one line. */
const joinedCalendar = (files, name) => {
  const zones = new Map();
  const entries = [];
  for (const file of files) {
    for (const [part, kind] of file.matchAll(PARTS)) {
      if (kind === "VEVENT") {
        entries.push(part);
      } else {
        const [id] = part.match(/^TZID:.*$/m);
        // The one that begins the earliest holds the changes of the others.
        if (part.length > (zones.get(id)?.length ?? 0)) zones.set(id, part);
      }
    }
  }
  const maker = files[0]?.match(/^PRODID:.*\r\n/m)?.[0] ?? "PRODID:-//Parcours//Parcours//EN\r\n";
  const head = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${maker}CALSCALE:GREGORIAN\r\nX-WR-CALNAME:${name}\r\n`;
  return `${head}${[...zones.values()].join("")}${entries.join("")}END:VCALENDAR\r\n`;
};

/** The calendars of meetings, by their addresses; null for what could not be fetched. */
const fetchedCalendars = (addresses) => Promise.all(addresses.map(async (address) => {
  try {
    const answer = await fetch(site.href + address.replace(/\/$/, ".ics"), { cache: "no-cache" });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}));

const download = (text, name) => {
  const url = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};
