/* What searches: it answers the theme's dialog and the page of the search, from an index in parts
   (scripts/parcours/search/).

   The theme sends { type: 0, data: its index } and awaits { type: 1 }; then { type: 2, data: query },
   answered by { type: 3, data: { items: [[page, …sections], …] } }. It inserts titles and texts as
   HTML: all that comes from the index is escaped here. `STEMMER` stands above, with its stemmer.

   The page of the search sends { type: 4, data: { number, words, chosen, from, further,
   count } } instead, answered by
   { type: 5, data: { number, … } }; texts are told as parts there: [text, whether it was asked for]. */
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
const PASSAGE = /^passage-\d+$/; // the ids of what was said, from prose/render.py
const READ = 4; // files of texts, loaded to find a phrase at first
const READ_ON = 40; // and when somebody asks to look further; at once where there are no more of them

const WORD = /[\p{L}\p{N}\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0b82\u0bbe-\u0bcd\u0bd7]+/gu;
const WRITTEN = /[\p{L}\p{N}\p{M}]+/gu; // the same in a text that was not folded
const QUOTED = /"([^"]*)"|«([^»]*)»|“([^”]*)”|„([^“”]*)[“”]/g;
const LIGATURES = { œ: "oe", æ: "ae", ß: "ss" };

let known; // what the index says of itself
let stops; // words that say too little
let nouns; // those of them that may be meant
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

/* What is asked for: words { word, term, open, must, slight }, and phrases as folded words in their
   order. An open word may go on, since it is the last; one of a phrase must be there; a slight one says
   little beside the others, and is not counted among them. */
function ask(query) {
  const phrases = [...query.matchAll(QUOTED)].map((found) => split(found.slice(1).join(" ")));
  const quoted = new Set(phrases.flat());
  const all = split(query);
  const open = /[\p{L}\p{N}\p{M}]$/u.test(query);
  const words = all.map((word, n) =>
    ({ word, term: stem(word), open: open && n === all.length - 1, must: quoted.has(word) }));
  const telling = words.some(({ word }) => !stops.has(word));
  const kept = !telling ? words : words.filter(({ word }) => !stops.has(word) || nouns.has(word))
    .map((one) => (stops.has(one.word) ? { ...one, must: false, slight: true } : one));
  const once = [...new Map(kept.map((one) => [one.term, one])).values()];
  return { words: once.slice(0, WORDS), phrases: phrases.filter(({ length }) => length) };
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

/* The documents that hold words, the best first: { number, score, count, place, matched }. */
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
      const page = found.get(number) ?? { number, score: 0, count: 0, idf: 0, place: 0, matched: [], places: new Map() };
      page.score += one.score;
      page.count += words[n].slight ? 0 : 1;
      page.matched.push(n);
      if (words[n].must) page.places.set(one.place, (page.places.get(one.place) ?? 0) + 1);
      // The rarest word tells in which of its files the page is read.
      if (one.idf > page.idf) Object.assign(page, { idf: one.idf, place: one.place });
      found.set(number, page);
    }
  });
  const must = words.flatMap(({ must: needed }, n) => (needed ? [n] : []));
  const pages = [...found.values()].filter(({ matched }) => must.every((n) => matched.includes(n)));
  // Words of a phrase that stand most often in the same part of a page are likelier to follow each other.
  const apart = ({ places }) => Math.min(2, places.size);
  return {
    pages: pages.sort((a, b) => apart(a) - apart(b) || byRank(a, b)),
    answers: answers.map((answer) => new Set(answer.map(({ term }) => term))),
  };
}

function fileOf(number) {
  const at = known.texts.indexOf(number);
  return at < 0 ? place(known.texts, number) : at;
}

async function read(page) {
  const file = fileOf(page.number);
  const entries = await load(`texts-${file}`);
  const [, sections, title, address, tags, row] = entries.find(([number]) => number === page.number);
  return { ...page, file, held: new Map([[0, sections]]), title, address, tags, row };
}

/* The sections of what was read of a page, in their order. */
function sectionsOf({ held }) {
  return [...held.keys()].sort((a, b) => a - b).flatMap((place) => held.get(place));
}

/* A long page goes on in other files: reads the one at a place among them too. */
async function readOn(page, at) {
  if (page.held.has(at)) return;
  const entries = await load(`texts-${page.file + at}`);
  page.held.set(at, entries.find(([number]) => number === page.number)?.[1] ?? []);
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

/* Words of Parcours stand in brackets in a site of another language: [text]. */
function plain(one) {
  return Array.isArray(one) ? one[0] : one;
}

/* HTML of such words, or of any others, that says their language. */
function voiced(one, markup = escaped(plain(one))) {
  return Array.isArray(one) ? `<span lang="${escaped(known.own)}">${markup}</span>` : markup;
}

/* Where phrases stand in a text: [begin, end, key of the phrase]. */
function* phrasesIn(text, phrases) {
  const found = [...text.matchAll(WRITTEN)].flatMap(({ 0: written, index }) =>
    split(written).map((form) => [form, index, index + written.length]));
  for (const [key, phrase] of phrases.entries()) {
    for (let at = 0; at + phrase.length <= found.length; at += 1) {
      if (phrase.every((word, n) => found[at + n][0] === word)) {
        yield [found[at][1], found[at + phrase.length - 1][2], `“${key}`];
      }
    }
  }
}

/* The same, then the words outside of phrases, in their order. */
function asked(text, words, answers, phrases) {
  const quoted = phrases.length ? [...phrasesIn(text, phrases)] : [];
  const rest = [...matches(text, words, answers)]
    .filter(([begin, end]) => !quoted.some(([from, to]) => begin < to && end > from));
  return { quoted, found: [...quoted, ...rest].sort(([a], [b]) => a - b) };
}

/* Each section, with what follows it where what is said goes on: a phrase may begin in one passage and
   end in the next, or in the next piece of a long text. */
function* sectionsWithNext(sections) {
  for (const [n, section] of sections.entries()) {
    const [anchor, name, words, at] = section;
    const [title, text] = [name, words].map(plain);
    const next = sections[n + 1];
    const goesOn = next && (next[0] === anchor || (PASSAGE.test(anchor) && PASSAGE.test(next[0])));
    yield { anchor, name, title, words, text, at, whole: goesOn ? `${text} ${plain(next[2])}` : text };
  }
}

/* Whether every phrase stands in what was read of a page. */
function saysAll(page, phrases) {
  const sections = [...sectionsWithNext(sectionsOf(page))].flatMap(({ title, whole }) => [title, whole]);
  return phrases.every((phrase) =>
    [plain(page.title), ...sections].some((text) => !phrasesIn(text, [phrase]).next().done));
}

/* A text in parts: [text, whether it was asked for]. */
function parted(text, found, begin = 0, end = text.length) {
  const parts = [];
  let at = begin;
  for (const [from, to] of found) {
    if (from < at || to > end) continue;
    parts.push([text.slice(at, from), false], [text.slice(from, to), true]);
    at = to;
  }
  return [...parts, [text.slice(at, end), false]].filter(([part]) => part);
}

function html(parts) {
  return parts.map(([text, hit]) => (hit ? `<mark>${escaped(text)}</mark>` : escaped(text))).join("");
}

/* The part of a text around most of what was asked for; around a phrase that stands there. */
function excerpt(text, { found, quoted }) {
  let best = found[0]?.[0] ?? 0;
  let most = 0;
  for (const [from] of quoted.length ? quoted : found) {
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
  const parts = parted(text, found, begin, end);
  return [...(begin ? [["… ", false]] : []), ...parts, ...(end < text.length ? [[" …", false]] : [])];
}

function state([, , states, turns]) {
  const now = Date.now() / 60_000;
  return states[turns.filter((turn) => turn <= now).length] ?? "";
}

/* The part of a page that answers best: with a phrase, then most words, then most of them, then the
   first. */
function bestSection(sections, words, answers, phrases) {
  let best = null;
  for (const part of sectionsWithNext(sections)) {
    const { title, text, whole } = part;
    const own = asked(text, words, answers, phrases);
    // What follows is only looked at for a phrase that begins here.
    const on = phrases.length && !own.quoted.length ? asked(whole, words, answers, phrases) : own;
    const { found, quoted } = on.quoted.some(([from]) => from < text.length) ? on : own;
    const heading = asked(title, words, answers, phrases);
    const count = new Set([...found, ...heading.found].map(([, , n]) => n)).size;
    const phrased = new Set([...quoted, ...heading.quoted].map(([, , n]) => n)).size;
    const score = phrased * 10_000 + count * 100 + Math.min(99, found.length + 3 * heading.found.length);
    if (count && score > (best?.score ?? 0)) {
      const read = quoted.some(([, to]) => to > text.length) ? whole : text;
      best = { ...part, score, count, text: read, found, quoted, heading: heading.found };
    }
  }
  return best;
}

/* A page as results tell it: its title and an excerpt in parts, and the section of the latter. */
function shown(page, { words, phrases }, answers) {
  const name = plain(page.title);
  const titled = asked(name, words, answers, phrases).found;
  const sections = sectionsOf(page);
  const section = bestSection(sections, words, answers, phrases);
  const [begin = ["", "", ""]] = sections;
  return {
    titled,
    section,
    name,
    title: parted(name, titled),
    words: section ? section.words : begin[2],
    text: section ? excerpt(section.text, section) : excerpt(plain(begin[2]), { found: [], quoted: [] }),
  };
}

function item(page, question, answers) {
  const { words } = question;
  const { titled, section, name, title, text, words: read } = shown(page, question, answers);
  const [kind, day, , , labels] = page.tags;
  const said = [kind, day, state(page.tags), ...labels.map(([, word]) => word)];
  const tags = said.filter(Boolean).map((one) => voiced(one)).join(" · ");
  // What the theme marks in the page are words as they stand there.
  const terms = {};
  for (const [from, to] of titled) terms[name.slice(from, to)] = true;
  for (const [from, to] of section?.found ?? []) terms[section.text.slice(from, to)] = true;
  words.forEach(({ word }, n) => {
    if (!page.matched.includes(n)) terms[word] = false;
  });
  const whole = {
    location: page.address || "./",
    // The theme would make tags a landmark in each result: they stand below the title instead.
    title: voiced(page.title, html(title)) + (tags && ` <small class="pc-found">${tags}</small>`),
    text: voiced(read, html(text)),
    score: page.score,
    terms,
  };
  if (!section?.anchor) return [whole];
  const part = {
    location: `${page.address || "./"}#${encodeURIComponent(section.anchor)}`,
    title: voiced(section.name, html(parted(section.title, section.heading))),
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

/* Whether a page says phrases; null where nothing more may be read to know it. Reads first where most
   words of them stand most often. */
async function saysThem(page, phrases, budget) {
  let last = page.file;
  while (known.texts[last + 1] === page.number) last += 1;
  const places = [...page.places].sort(([, a], [, b]) => b - a).map(([place]) => place);
  const all = Array.from({ length: last - page.file + 1 }, (_, place) => place);
  for (const place of new Set([0, ...places, ...all])) {
    if (!loaded.has(`texts-${page.file + place}`)) {
      if (!budget.files) return null;
      budget.files -= 1;
    }
    await readOn(page, place).catch(() => {});
    if (saysAll(page, phrases)) return true;
  }
  return false;
}

/* Of pages, the best first, those that answer, read; at most as many as are asked for. Tells how many
   were looked at: phrases are looked for in the texts themselves, in so many files at a time. */
async function answering(pages, question, answers, count, further = false) {
  const { words, phrases } = question;
  const budget = { files: further || known.texts.length <= READ_ON ? READ_ON : READ };
  const found = [];
  let seen = 0;
  let failed;
  let goesOn = true;
  while (goesOn && seen < pages.length && found.length < count) {
    const next = pages.slice(seen, seen + (phrases.length ? 1 : count - found.length));
    if (phrases.length && !loaded.has(`texts-${fileOf(next[0].number)}`)) {
      if (!budget.files) break;
      budget.files -= 1;
    }
    // Without a network, some files are there and others are not.
    const loads = await Promise.allSettled(next.map(read));
    failed ??= loads.find(({ reason }) => reason)?.reason;
    for (const page of loads.flatMap(({ value }) => value ?? [])) {
      failed = null;
      page.score *= 1 + IN_TITLE * covered(plain(page.title), words, answers);
      const says = !phrases.length || await saysThem(page, phrases, budget);
      if (says) found.push(page);
      goesOn = says !== null;
    }
    if (goesOn) seen += next.length;
  }
  if (failed && !found.length) throw failed;
  found.sort(byRank);
  // What answers may stand in another file.
  const long = found.filter((page) => page.place).slice(0, PASSAGES);
  await Promise.allSettled(long.map((page) => readOn(page, page.place)));
  return { found, seen };
}

async function search(query, isLate) {
  const question = ask(query);
  if (!question.words.length) return [];
  const { pages, answers } = await rank(question.words);
  if (isLate()) return [];
  const { found } = await answering(pages, question, answers, RESULTS);
  // Most words come first, whatever they count: the score says so too.
  return found.map((page) => item({ ...page, score: page.score + 1e4 * page.count }, question, answers));
}

/* Whether a page is of what is chosen, by its number. */
async function chooser(chosen) {
  const wanted = Object.entries(chosen).filter(([, value]) => value);
  if (!wanted.length) return () => true;
  const facets = await load("facets");
  const axes = wanted.map(([axis, value]) => ({ pages: facets[axis].pages, at: facets[axis].names.indexOf(value) }));
  return (number) => axes.every(({ pages, at }) => [pages[number]].flat().includes(at));
}

/* A result for the page of the search: as a meeting, it has what a row of meetings is drawn from. Words
   that may be of Parcours stand as they do in the index. */
function result(page, question, answers) {
  const { section, name, title, text, words } = shown(page, question, answers);
  const { tags: [kind, day, states, , labels], row, address } = page;
  const fields = row && Object.fromEntries(known.fields.map((field, n) => [field, row[n]]));
  const marks = row && fields.stages.split(" ").map((stage, n) => [stage, plain(states[n])]);
  return {
    address,
    tags: [kind, day, state(page.tags), ...labels.map(([, word]) => word)].filter(Boolean),
    title: { parts: title, own: Array.isArray(page.title) },
    text: { parts: text, own: Array.isArray(words) },
    anchor: section?.anchor ?? "",
    heading: section?.name ?? "",
    at: section?.at,
    meeting: row ? {
      ...fields,
      address,
      title: name,
      kind: plain(kind),
      labels: labels.map(([key, word]) => [key, plain(word)]),
      states: marks.filter(([stage]) => !["upcoming", "past"].includes(stage)),
    } : null,
  };
}

/* What the page of the search asks for, from a place on: pages with all words; where there are none,
   those with most of them. Without words, all that is chosen. */
async function find({ words, chosen, from, further, count }) {
  const question = ask(words);
  const isChosen = await chooser(chosen);
  let pages;
  let answers = [];
  if (question.words.length) {
    const ranked = await rank(question.words);
    answers = ranked.answers;
    pages = ranked.pages.filter(({ number }) => isChosen(number));
    pages = pages.filter((one) => one.count === pages[0].count);
  } else {
    const all = Array.from({ length: words.trim() ? 0 : known.documents }, (_, number) => number);
    pages = all.filter(isChosen).map((number) => ({ number, score: 0, count: 0, place: 0, matched: [] }));
  }
  const partly = Boolean(pages.length) && pages[0].count < question.words.filter(({ slight }) => !slight).length;
  const { found, seen } = await answering(pages.slice(from), question, answers, count, further);
  return {
    total: pages.length,
    seen: from + seen,
    partly,
    quoted: question.phrases.length > 0,
    results: found.map((page) => result(page, question, answers)),
  };
}

/* Without a network: titles alone. */
async function titles(query) {
  const question = ask(query);
  const { words } = question;
  const url = new URL("titles.json", self.location);
  const all = await (await fetch(url)).json();
  const answers = words.map(({ term }) => new Set([term]));
  const found = [];
  for (const [title, address] of all) {
    const forms = split(plain(title));
    const matched = words.flatMap(({ word, term, open }, n) =>
      (forms.some((one) => stem(one) === term || (open && word.length > 1 && one.startsWith(word))) ? [n] : []));
    const count = matched.filter((n) => !words[n].slight).length;
    if (matched.length) found.push({ title, address, matched, count });
  }
  found.sort((a, b) => b.count - a.count || plain(a.title).length - plain(b.title).length);
  return found.slice(0, RESULTS).map((page) =>
    item({ ...page, held: new Map(), tags: ["", "", [], [], []], score: 1e4 * page.count }, question, answers));
}

self.addEventListener("message", async ({ data: { type, data } }) => {
  if (type === 0) {
    known = { ...data.config.parcours };
    let number = 0;
    known.texts = known.texts.map((step) => (number += step));
    stops = new Set(known.stops);
    nouns = new Set(known.nouns);
    self.postMessage({ type: 1 });
  }
  if (type === 4) {
    const answer = await find(data).catch(() => ({ failed: true }));
    self.postMessage({ type: 5, data: { ...answer, number: data.number } });
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
