/* Elements and sentences, made from what the page holds. */
const make = (name, className, text = "") => {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
};
/** An element whose words are Parcours's own: where the page is in another language, it says so. */
const ours = (element) => {
  if (words.foreign) element.lang = words.foreign;
  return element;
};
/** Words that a field of a meeting may hold, though its other values are of who wrote the site. */
const own = new Set(words.own);
const instant = (minutes) => new Date(minutes * 60000).toISOString().replace(".000", "");
const clone = (template) => template.content.firstElementChild.cloneNode(true);

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
/** Says how many there are, by the texts of the page: `count(key, n, values)`. */
const counting = (texts) => (key, n, values = {}) => {
  const form = n > 1 ? "many" : n ? "one" : "none";
  return fill(texts[`${key}-${form}`], { n, ...values });
};

const PLACE = /\{\w+\}/g;

/** Words in place of what a text names; "" where all of them are empty. */
const said = (text, words) => {
  const filled = text.replace(PLACE, (place) => words[place.slice(1, -1)] ?? place);
  return text.match(PLACE).some((place) => words[place.slice(1, -1)] !== "") ? filled : "";
};

/** Takes an element away, with the space that parted it from what is beside it. */
const leave = (element) => {
  const { previousSibling: before, nextSibling: after } = element;
  const spare = after?.data && (!before || before.data?.endsWith(" ")) ? after : !after && before;
  if (spare?.data) {
    spare.data = spare === after ? spare.data.trimStart() : spare.data.trimEnd();
    if (!spare.data) {
      spare.remove();
    }
  }
  element.remove();
};

/** Puts words into the places of an element and of all in it; what would be empty goes. */
const putWords = (root, words) => {
  for (const element of [root, ...root.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes].filter((one) => one.value.match(PLACE))) {
      const text = said(value, words);
      if (text) {
        element.setAttribute(name, text.trim());
      } else {
        element.removeAttribute(name);
      }
    }
    for (const node of [...element.childNodes]) {
      if (node.nodeType === Node.TEXT_NODE && node.data.match(PLACE)) {
        node.data = said(node.data, words);
        if (own.has(node.data.trim()) && element.childNodes.length === 1) {
          ours(element);
        }
        if (!node.data && element.childNodes.length === 1) {
          leave(element);
        }
      }
    }
  }
};

/** An element once for each mark, its key and its word, with a space between two. */
const repeat = (element, marks) => {
  if (!marks.length) {
    leave(element);
    return;
  }
  const copies = marks.flatMap(([key, word]) => {
    const copy = element.cloneNode(true);
    putWords(copy, { key, label: key, word });
    return [" ", copy];
  });
  element.replaceWith(...copies.slice(1));
};

/** What a template of the page draws of a meeting: the same markup as in a page that was built.
    What waits for its stage is hidden by stages.js, as there. */
const drawn = (template, one, words = {}) => {
  const element = clone(template);
  const changes = one.stages.includes(" ");
  const day = one.start.slice(0, 10);
  const [states, labels] = ["{key}", "{label}"]
    .map((place) => element.querySelector(`[class*="${place}"]`));
  if (labels) {
    repeat(labels, one.labels);
    // As where a page was built: a word of the line that says what it is.
    for (const example of element.querySelectorAll(".pc-badge--example")) {
      leave(example);
      element.querySelector(".pc-item__kind").append(" ", example);
    }
  }
  if (states) {
    states.toggleAttribute("hidden", changes);
    states.toggleAttribute("data-stage", changes);
    repeat(states, one.states);
  }
  const link = element.querySelector("a");
  link.setAttribute("href", link.getAttribute("href") + one.address);
  if (one.language && one.language !== document.documentElement.lang) link.lang = one.language;
  element.querySelector("time")?.setAttribute("datetime", one.start);
  putWords(element, {
    ...one,
    stage: one.stages.split(" ")[0],
    stages: changes ? one.stages : "",
    begins: changes ? instant(one.from) : "",
    ends: changes ? instant(one.until) : "",
    whole: changes && !one.start.includes("T") ? one.start : "",
    when: one.date,
    opens: one.hour || one.opens,
    weekday: day && weekday(day),
    number: day && String(Number(day.slice(8))),
    month: day && shortMonth(day),
    year: day.slice(0, 4) === today.slice(0, 4) ? "" : day.slice(0, 4),
    ...words,
  });
  return element;
};
