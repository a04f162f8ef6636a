// Reads, from standard input, a JSON list of calendars; writes a JSON list that has for each one
// either {"events": [...]} or {"error": "..."}.

import ICAL from "ical.js";

function moment(component, name) {
  const property = component.getFirstProperty(name);
  if (property === null) {
    throw new Error(`${name} is missing`);
  }
  const time = property.getFirstValue();
  if (!(time instanceof ICAL.Time)) {
    throw new Error(`${name} is not a date: ${time}`);
  }
  if (time.isDate) {
    return { day: time.toString() };
  }
  // A name that the file does not define would leave the time in no zone at all.
  if (time.zone === ICAL.Timezone.localTimezone) {
    throw new Error(`${name} is in no zone that the file defines: ${time}`);
  }
  return { seconds: time.toUnixTime() };
}

function event(component) {
  return {
    uid: component.getFirstPropertyValue("uid"),
    title: component.getFirstPropertyValue("summary"),
    start: moment(component, "dtstart"),
    end: moment(component, "dtend"),
    location: component.getFirstPropertyValue("location"),
    status: component.getFirstPropertyValue("status"),
    sequence: component.getFirstPropertyValue("sequence"),
  };
}

function read(source) {
  // The service is shared by all files: one file must not read the zones of another.
  ICAL.TimezoneService.reset();
  try {
    const calendar = new ICAL.Component(ICAL.parse(source));
    if (calendar.name !== "vcalendar") {
      throw new Error(`the file holds a ${calendar.name}`);
    }
    return { events: calendar.getAllSubcomponents("vevent").map(event) };
  } catch (error) {
    return { error: String(error.message ?? error) };
  }
}

let input = "";
process.stdin.setEncoding("utf8");
for await (const part of process.stdin) {
  input += part;
}
process.stdout.write(JSON.stringify(JSON.parse(input).map(read)));
