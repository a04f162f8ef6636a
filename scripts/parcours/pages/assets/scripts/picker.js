/* Composing the address of a calendar: what is chosen are the parts of its path, and stand in the
   address of the page, which others link to. */
for (const form of document.querySelectorAll(".pc-picker")) {
  const panel = form.parentElement.querySelector(".pc-panel");
  const name = panel.querySelector(".pc-panel__name");
  const status = form.querySelector(".pc-picker__result");
  const code = panel.querySelector(".pc-qr");
  const everything = name.textContent;
  const field = panel.querySelector("input");
  const [, base, all] = field.value.match(/^(.*\/)([^/]+)\.ics$/);
  const site = base.slice(0, base.slice(0, -1).lastIndexOf("/") + 1);
  const folder = base.slice(site.length);
  const targets = [...panel.querySelectorAll("a[href], input")].map((element) => {
    const key = element.matches("input") ? "value" : "href";
    return { element, key, first: element.getAttribute(key) };
  });
  /** What each calendar holds, by its whole address; fetched once, when something is chosen. */
  let listed;
  const held = () => {
    listed ??= fetch(form.dataset.feeds)
      .then((answer) => answer.json())
      .then(({ selections }) => new Map(
        selections.flatMap(({ feeds }) => feeds.map(({ url, count }) => [url, count])),
      ));
    return listed;
  };
  const selected = () => [...form.elements].filter(({ value }) => value);
  const part = ({ dataset, value }) => dataset.path + value;
  const point = (selects) => {
    const path = folder + (selects.map(part).join("/") || all);
    const chosen = selects.map(({ selectedOptions }) => selectedOptions[0].textContent).join(", ");
    // Outlook also takes the name under which it shows the calendar.
    const called = (text) => chosen
      ? text.replace(/([?&]name=)[^&]*/, (_, key) => key + encodeURIComponent(chosen))
      : text;
    const swap = (text) => called(text)
      .replaceAll(folder + all, path)
      .replaceAll(encodeURIComponent(folder + all), encodeURIComponent(path));
    for (const { element, key, first } of targets) {
      element[key === "value" ? "value" : "href"] = swap(first);
    }
    // News are written for all crossings but those by theme.
    const news = panel.querySelector('a[href$=".rss.xml"]');
    news.hidden = selects.length > 1 && selects.some(({ id }) => id === "pc-theme");
    name.textContent = chosen || everything;
  };
  const drawn = code.querySelector("svg");
  /** The code leads to this page, with what is chosen; without what draws it there is none. */
  const recode = async (mine) => {
    const { search } = location;
    const page = document.querySelector("link[rel=canonical]")?.href ?? location.href.replace(/[?#].*/, "");
    const image = search ? await drawnCode(`${page}${search}#${panel.id}`).catch(() => null) : drawn;
    if (mine !== turn) return;
    code.hidden = !image;
    if (image) code.querySelector("svg").replaceWith(image);
  };
  let turn = 0;
  const choose = async () => {
    turn += 1;
    const mine = turn;
    const selects = selected();
    recode(mine);
    // One part has its calendar for sure; of several, the list knows.
    point(selects.slice(0, 1));
    const counts = await held();
    if (mine !== turn) return;
    const values = selects.map(part);
    const nearest = nearestOf(values, (path) => counts.has(`${base}${path}.ics`));
    point(selects.filter((one) => nearest.includes(part(one))));
    const count = counts.get(field.value) ?? 0;
    const { none, one, many, nearest: wider } = status.dataset;
    const said = count > 1 ? many.replace("{n}", count) : count ? one : none;
    status.textContent = nearest.length < values.length ? `${wider} ${said}` : said;
  };
  const follow = () => choose().catch(() => { status.textContent = ""; });
  const remember = () => {
    const query = new URLSearchParams(selected().map(({ name: key, value }) => [key, value]));
    history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
  };
  form.hidden = false;
  form.addEventListener("change", () => {
    remember();
    follow();
  });
  const asked = new URLSearchParams(location.search);
  for (const select of form.elements) {
    // What nobody can choose here any more is passed over.
    const value = asked.get(select.name) ?? "";
    if (value && [...select.options].some((one) => one.value === value)) select.value = value;
  }
  if (selected().length) {
    remember(); // nothing but what is chosen
    follow();
  }
}
