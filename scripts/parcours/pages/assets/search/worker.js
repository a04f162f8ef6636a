/* What searches: it answers the theme's dialog, from an index in parts (scripts/parcours/search/).

   The theme sends { type: 0, data: its index } and awaits { type: 1 }; then { type: 2, data: query },
   answered by { type: 3, data: { items: [[page, …sections], …] } }. It inserts titles and texts as
   HTML: all that comes from the index is escaped here. `STEMMER` stands above, with its stemmer. */
const RESULTS = 10; // pages in an answer
const PASSAGES = 3; // of them, those for which a further file of texts is loaded
const WORDS = 10; // of a query, the first ones
const LONGEST = 40; // characters of a word that count
const LEVELS = 64;
const BEGUN = 0.6; // what a word counts that only begins as asked
const AKIN = 0.3; // and one that shares most of its letters
const ALIKE = 0.7; // how many of them
const FILES = 2; // of stems, loaded for one word
const EXCERPT = 220; // characters
const REST = 150; // milliseconds
const PATIENCE = 600; // within which something is looked for
const IN_TITLE = 1; // how much more a page counts whose title is all asked for

const WORD = /[\p{L}\p{N}\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0b82\u0bbe-\u0bcd\u0bd7]+/gu;
const WRITTEN = /[\p{L}\p{N}\p{M}]+/gu; // the same in a text that was not folded
const LIGATURES = { œ: "oe", æ: "ae", ß: "ss" };

let known; // what the index says of itself
let stops; // words that say too little
let last = 0; // number of the last query
let told = 0; // and of the last that was answered: answers to those before come too late
let waiting = 0; // since when nothing was looked for, though asked
const loaded = new Map();
const stems = new Map();

/* Words, as scripts/parcours/search/words.py makes them. */
function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC")
    .replace(/[œæß]/g, (letters) => LIGATURES[letters]);
}

function split(text) {
  return (fold(text).match(WORD) ?? []).map((word) => [...word].slice(0, LONGEST).join(""));
}

function stem(word) {
  if (!stems.has(word)) stems.set(word, STEMMER ? STEMMER.stemWord(word) : word);
  return stems.get(word);
}

/* Files of the index; one that could not be loaded is asked for again at the next query. */
function load(name) {
  if (!loaded.has(name)) {
    const url = new URL(`${name}.json?v=${known.version}`, self.location);
    const answer = fetch(url).then((response) => {
      if (!response.ok) throw new Error(`${response.status}`);
      return response.json();
    });
    answer.catch(() => loaded.delete(name));
    loaded.set(name, answer);
  }
  return loaded.get(name);
}

/* The last place in a sorted list whose value is not greater. */
function place(list, value) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/* What is asked for: { word, term, open }; an open word may go on, since it is the last. */
function ask(query) {
  const all = split(query);
  const open = /[\p{L}\p{N}\p{M}]$/u.test(query);
  const words = all.map((word, n) => ({ word, term: stem(word), open: open && n === all.length - 1 }));
  const telling = words.filter(({ word }) => !stops.has(word));
  const kept = telling.length ? telling : words;
  return [...new Map(kept.map((one) => [one.term, one])).values()].slice(0, WORDS);
}

/* The files of stems between two, at most a few. */
function between(from, to) {
  const first = Math.max(0, place(known.terms, from));
  const count = Math.min(FILES, Math.max(0, place(known.terms, to)) - first + 1);
  return Promise.all(Array.from({ length: count }, (_, n) => load(`terms-${first + n}`)));
}

function* chosen(parts, weight, choose) {
  for (const part of parts) {
    for (const term of Object.keys(part)) {
      if (choose(term)) yield { weight, term, pairs: part[term] };
    }
  }
}

/* The stems that answer a word, each with what it counts and its documents. */
async function terms({ word, term, open }) {
  const found = [...chosen(await between(term, term), 1, (one) => one === term)];
  if (open && word.length > 1) {
    const parts = await between(word, `${word}\uffff`);
    found.push(...chosen(parts, BEGUN, (one) => one !== term && one.startsWith(word)));
  }
  if (found.length || word.length < 4) return found;
  // Nothing has this word: what begins like it may be of its family.
  const root = [...word].slice(0, Math.max(4, Math.ceil(ALIKE * word.length))).join("");
  const parts = await between(word.slice(0, 4), `${root}\uffff`);
  return [...chosen(parts, AKIN, (one) => one.startsWith(root) || (one.length >= ALIKE * root.length && root.startsWith(one)))];
}

function byRank(a, b) {
  return b.count - a.count || b.score - a.score || a.number - b.number;
}

/* The best documents for words, the best first: { number, score, count, place, matched }. */
async function rank(words) {
  const found = new Map();
  const answers = await Promise.all(words.map(terms));
  for (let n = 1; n < words.length; n += 1) {
    if (answers[n - 1].length && answers[n].length) continue;
    // « éco-conception » is one word to others.
    const word = words[n - 1].word + words[n].word;
    const [part] = await between(stem(word), stem(word));
    const joined = [...chosen([part], 1, (one) => one === stem(word))];
    if (joined.length) answers[n - 1] = answers[n] = joined;
  }
  answers.forEach((answer, n) => {
    const best = new Map();
    for (const { weight, pairs } of answer) {
      const count = pairs.length / 2;
      const idf = Math.log(1 + (known.documents - count + 0.5) / (count + 0.5));
      let number = 0;
      for (let at = 0; at < pairs.length; at += 2) {
        number += pairs[at];
        const score = weight * idf * (pairs[at + 1] % LEVELS);
        if (score > (best.get(number)?.score ?? 0)) {
          best.set(number, { score, idf, place: Math.floor(pairs[at + 1] / LEVELS) });
        }
      }
    }
    for (const [number, one] of best) {
      const page = found.get(number) ?? { number, score: 0, count: 0, idf: 0, place: 0, matched: [] };
      page.score += one.score;
      page.count += 1;
      page.matched.push(n);
      // The rarest word tells in which of its files the page is read.
      if (one.idf > page.idf) Object.assign(page, { idf: one.idf, place: one.place });
      found.set(number, page);
    }
  });
  const pages = [...found.values()].sort(byRank).slice(0, RESULTS);
  return { pages, answers: answers.map((answer) => new Set(answer.map(({ term }) => term))) };
}

function fileOf(number) {
  const at = known.texts.indexOf(number);
  return at < 0 ? place(known.texts, number) : at;
}

async function read(page) {
  const file = fileOf(page.number);
  const entries = await load(`texts-${file}`);
  const [, sections, title, address, tags] = entries.find(([number]) => number === page.number);
  return { ...page, file, sections, title, address, tags };
}

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text) {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]);
}

/* Which words of a query stand in a text, and where: [begin, end, number of the word]. */
function* matches(text, words, answers) {
  for (const { 0: written, index } of text.matchAll(WRITTEN)) {
    for (const form of split(written)) {
      const term = stem(form);
      const n = words.findIndex((one, number) => answers[number].has(term) || one.term === term);
      if (n >= 0) {
        yield [index, index + written.length, n];
        break;
      }
    }
  }
}

/* A text as HTML, its matches marked. */
function marked(text, found, begin = 0, end = text.length) {
  let html = "";
  let at = begin;
  for (const [from, to] of found) {
    if (from < at || to > end) continue;
    html += `${escaped(text.slice(at, from))}<mark>${escaped(text.slice(from, to))}</mark>`;
    at = to;
  }
  return html + escaped(text.slice(at, end));
}

/* The part of a text around most of what was asked for. */
function excerpt(text, found) {
  let best = found[0]?.[0] ?? 0;
  let most = 0;
  for (const [from] of found) {
    const within = found.filter(([begin, end]) => begin >= from && end <= from + EXCERPT);
    const count = new Set(within.map(([, , n]) => n)).size;
    if (count > most) [most, best] = [count, from];
  }
  let begin = best < EXCERPT / 2 ? 0 : text.indexOf(" ", best - EXCERPT / 3) + 1;
  if (begin > best) begin = best;
  let end = text.length;
  if (end - begin > EXCERPT) {
    end = text.lastIndexOf(" ", begin + EXCERPT);
    if (end <= best) end = begin + EXCERPT;
  }
  return `${begin ? "… " : ""}${marked(text, found, begin, end)}${end < text.length ? " …" : ""}`;
}

/* Words of Parcours stand in brackets in a site of another language: [text]. */
function plain(one) {
  return Array.isArray(one) ? one[0] : one;
}

/* HTML of such words, or of any others, that says their language. */
function voiced(one, html = escaped(plain(one))) {
  return Array.isArray(one) ? `<span lang="${escaped(known.own)}">${html}</span>` : html;
}

function state([, , states, turns]) {
  const now = Date.now() / 60_000;
  return states[turns.filter((turn) => turn <= now).length] ?? "";
}

/* The part of a page that answers best: most words, then most of them, then the first. */
function bestSection(sections, words, answers) {
  let best = null;
  for (const [anchor, name, said] of sections) {
    const [title, text] = [name, said].map(plain);
    const found = [...matches(text, words, answers)];
    const heading = [...matches(title, words, answers)];
    const count = new Set([...found, ...heading].map(([, , n]) => n)).size;
    const score = count * 100 + Math.min(99, found.length + 3 * heading.length);
    if (count && score > (best?.score ?? 0)) best = { score, count, anchor, name, said, title, text, found, heading };
  }
  return best;
}

function item(page, words, answers) {
  const title = plain(page.title);
  const titled = [...matches(title, words, answers)];
  const section = bestSection(page.sections, words, answers);
  const [begin = ["", "", ""]] = page.sections;
  const [kind, day, , , labels] = page.tags;
  const tags = [kind, day, state(page.tags), ...labels].filter(Boolean).map((one) => voiced(one)).join(" · ");
  // What the theme marks in the page are words as they stand there.
  const terms = {};
  for (const [from, to] of titled) terms[title.slice(from, to)] = true;
  for (const [from, to] of section?.found ?? []) terms[section.text.slice(from, to)] = true;
  words.forEach(({ word }, n) => {
    if (!page.matched.includes(n)) terms[word] = false;
  });
  const whole = {
    location: page.address || "./",
    // The theme would make tags a landmark in each result: they stand below the title instead.
    title: voiced(page.title, marked(title, titled)) + (tags && ` <small class="pc-found">${tags}</small>`),
    text: section
      ? voiced(section.said, excerpt(section.text, section.found))
      : voiced(begin[2], excerpt(plain(begin[2]), [])),
    score: page.score,
    terms,
  };
  if (!section?.anchor) return [whole];
  const part = {
    location: `${page.address || "./"}#${encodeURIComponent(section.anchor)}`,
    title: voiced(section.name, marked(section.title, section.heading)),
    text: whole.text,
    // The dialog follows the highest: a passage rather than the top of its page.
    score: page.score + 0.01,
    terms: Object.fromEntries(Object.entries(terms).filter(([, there]) => there)),
  };
  return [whole, part];
}

/* How near two forms of a word are, from 0 to 1: a plural nearer than another word of its family. */
function nearness(one, other) {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  return (same / Math.max(one.length, other.length)) ** 2;
}

/* How much of a title is asked for, from 0 to 1. */
function covered(title, words, answers) {
  const telling = split(title).filter((word) => !stops.has(word));
  let found = 0;
  for (const [from, to, n] of matches(title, words, answers)) {
    const [form] = split(title.slice(from, to));
    if (!stops.has(form)) found += nearness(form, words[n].word);
  }
  return telling.length ? Math.min(1, found / telling.length) : 0;
}

async function search(query, isLate) {
  const words = ask(query);
  if (!words.length) return [];
  const { pages, answers } = await rank(words);
  if (isLate()) return [];
  // Without a network, some files are there and others are not.
  const loads = await Promise.allSettled(pages.map(read));
  const found = loads.flatMap(({ value }) => value ?? []);
  if (pages.length && !found.length) throw loads[0].reason;
  for (const page of found) page.score *= 1 + IN_TITLE * covered(plain(page.title), words, answers);
  found.sort(byRank);
  // A long page goes on in other files: what answers stands in one of them.
  const long = found.filter((page) => page.place).slice(0, PASSAGES);
  await Promise.allSettled(long.map(async (page) => {
    const entries = await load(`texts-${page.file + page.place}`);
    page.sections = [...page.sections, ...(entries.find(([number]) => number === page.number)?.[1] ?? [])];
  }));
  // Most words come first, whatever they count: the score says so too.
  return found.map((page) => item({ ...page, score: page.score + 1e4 * page.count }, words, answers));
}

/* Without a network: titles alone. */
async function titles(query) {
  const words = ask(query);
  const url = new URL("titles.json", self.location);
  const all = await (await fetch(url)).json();
  const answers = words.map(({ term }) => new Set([term]));
  const found = [];
  for (const [title, address] of all) {
    const forms = split(plain(title));
    const matched = words.flatMap(({ word, term, open }, n) =>
      (forms.some((one) => stem(one) === term || (open && word.length > 1 && one.startsWith(word))) ? [n] : []));
    if (matched.length) found.push({ title, address, matched, count: matched.length });
  }
  found.sort((a, b) => b.count - a.count || plain(a.title).length - plain(b.title).length);
  return found.slice(0, RESULTS).map((page) =>
    item({ ...page, sections: [], tags: ["", "", [], [], []], score: 1e4 * page.count }, words, answers));
}

self.addEventListener("message", async ({ data: { type, data } }) => {
  if (type === 0) {
    known = { ...data.config.parcours };
    let number = 0;
    known.texts = known.texts.map((step) => (number += step));
    stops = new Set(known.stops);
    self.postMessage({ type: 1 });
  }
  if (type !== 2) return;
  last += 1;
  const mine = last;
  // The theme asks at each key: files are loaded for what is asked when the keys rest, or by and by.
  if (data) {
    waiting ||= Date.now();
    const rest = Math.min(REST, waiting + PATIENCE - Date.now());
    await new Promise((resolve) => setTimeout(resolve, rest));
  }
  if (mine !== last) return;
  waiting = 0;
  const isLate = () => mine < told;
  const items = await search(data, isLate).catch(() => titles(data)).catch(() => []);
  if (isLate()) return;
  told = mine;
  self.postMessage({ type: 3, data: { items } });
});
