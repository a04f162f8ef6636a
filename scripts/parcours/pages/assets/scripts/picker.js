/* Composing the address of a calendar: what is chosen are the parts of its path. */
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
  let counts;
  const say = async (address) => {
    counts ??= fetch(form.dataset.feeds).then((answer) => answer.json());
    const { selections } = await counts;
    for (const { feeds } of selections) {
      const found = feeds.find(({ url }) => url === address);
      if (found && address === field.value) {
        const { none, one, many } = status.dataset;
        status.textContent = found.count > 1 ? many.replace("{n}", found.count) : found.count ? one : none;
      }
    }
  };
  form.hidden = false;
  form.addEventListener("change", () => {
    const selects = [...form.querySelectorAll("select")];
    const parts = selects.map(({ value }) => value).filter(Boolean);
    const path = folder + (parts.join("/") || all);
    const chosen = selects
      .filter(({ value }) => value)
      .map(({ selectedOptions }) => selectedOptions[0].textContent)
      .join(", ");
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
    news.hidden = parts.length > 1 && Boolean(selects.at(-1).value);
    // The code leads to this page, where nothing is chosen yet.
    code.hidden = Boolean(chosen);
    name.textContent = chosen || everything;
    say(field.value).catch(() => { status.textContent = ""; });
  });
}
