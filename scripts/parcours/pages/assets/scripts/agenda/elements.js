/* Elements and sentences, made from what the page holds. */
const make = (name, className, text = "") => {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
};
const clone = (template) => template.content.firstElementChild.cloneNode(true);

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
/** Says how many there are, by the texts of the page: `count(key, n, values)`. */
const counting = (texts) => (key, n, values = {}) => {
  const form = n > 1 ? "many" : n ? "one" : "none";
  return fill(texts[`${key}-${form}`], { n, ...values });
};

/** Puts the start, link and marks of a meeting into a copy of a template; gives its time. */
const write = (element, one, root) => {
  const time = element.querySelector("time");
  const link = element.querySelector("a");
  time.dateTime = one.start;
  link.href = root + one.address;
  link.textContent = one.title;
  for (const [key, name] of one.marks) {
    time.parentElement.append(" ", make("span", `pc-badge pc-badge--${key}`, name));
  }
  return time;
};
