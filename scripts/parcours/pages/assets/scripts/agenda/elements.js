/* Elements and sentences, made from what the page holds. */
const make = (name, className, text = "") => {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
};
const instant = (minutes) => new Date(minutes * 60000).toISOString();
const clone = (template) => template.content.firstElementChild.cloneNode(true);

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
/** Says how many there are, by the texts of the page: `count(key, n, values)`. */
const counting = (texts) => (key, n, values = {}) => {
  const form = n > 1 ? "many" : n ? "one" : "none";
  return fill(texts[`${key}-${form}`], { n, ...values });
};

/** Puts the start, link and badges of a meeting into a copy of a template; gives its time. What
    waits for its stage is hidden by stages.js, as in a page that was built. */
const write = (element, one, root) => {
  const time = element.querySelector("time");
  const link = element.querySelector("a");
  time.dateTime = one.start;
  link.href = root + one.address;
  link.textContent = one.title;
  const changes = one.stages.includes(" ");
  if (changes) {
    element.dataset.begins = instant(one.from);
    element.dataset.ends = instant(one.until);
    element.dataset.stages = one.stages;
  }
  time.parentElement.append(" ");
  for (const [key, name] of [...one.states, ...one.labels]) {
    const badge = make("span", `pc-badge pc-badge--${key}`, name);
    if (changes && one.states.some(([stage]) => stage === key)) {
      badge.dataset.stage = key;
    }
    time.parentElement.append(badge);
  }
  return time;
};

/** Whose time a meeting tells, after an element of its time. */
const tellZone = (time, one) => {
  if (one.zone) {
    time.after(" ", make("span", "pc-zone", `(${one.zone})`));
  }
};
