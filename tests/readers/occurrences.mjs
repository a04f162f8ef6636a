// Reads, from standard input, {"from": seconds, "until": seconds, "calendars": […]}; writes a JSON
// list that has, for each calendar, what happens in between: UID, title, status, start and end.

import ICAL from "ical.js";

const time = (value) => (value.isDate ? { day: value.toString() } : { seconds: value.toUnixTime() });

function occurrences(source, from, until) {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(source));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  const components = calendar.getAllSubcomponents("vevent");
  const found = [];
  const add = (item, start, end) => {
    if (start.toUnixTime() < until && end.toUnixTime() > from) {
      found.push({
        uid: item.uid,
        title: item.summary,
        status: item.component.getFirstPropertyValue("status") ?? "",
        start: time(start),
        end: time(end),
      });
    }
  };
  for (const component of components) {
    if (component.hasProperty("recurrence-id")) continue;
    const uid = component.getFirstPropertyValue("uid");
    const exceptions = components.filter(
      (one) => one.hasProperty("recurrence-id") && one.getFirstPropertyValue("uid") === uid,
    );
    const event = new ICAL.Event(component, { exceptions, strictExceptions: true });
    if (!event.isRecurring()) {
      add(event, event.startDate, event.endDate);
      continue;
    }
    const dates = event.iterator();
    for (let next = dates.next(); next && next.toUnixTime() < until + 4e7; next = dates.next()) {
      const one = event.getOccurrenceDetails(next);
      add(one.item, one.startDate, one.endDate);
    }
  }
  return found;
}

let input = "";
process.stdin.setEncoding("utf8");
for await (const part of process.stdin) {
  input += part;
}
const { from, until, calendars } = JSON.parse(input);
process.stdout.write(JSON.stringify(calendars.map((one) => occurrences(one, from, until))));
