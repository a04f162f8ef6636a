// Reads, from standard input, {"most": N, "rules": [{"rule": "FREQ=…", "start": "…"}, …]}; writes a
// JSON list that has, for each rule, its first local dates.

import ICAL from "ical.js";

function expanded({ rule, start }, most) {
  const found = [];
  const dates = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromString(start));
  for (let date = dates.next(); date && found.length < most; date = dates.next()) {
    found.push(date.toString());
  }
  return found;
}

let input = "";
process.stdin.setEncoding("utf8");
for await (const part of process.stdin) {
  input += part;
}
const { most, rules } = JSON.parse(input);
process.stdout.write(JSON.stringify(rules.map((one) => expanded(one, most))));
