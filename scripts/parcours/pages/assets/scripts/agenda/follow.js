/* The calendar that goes with what is chosen. */
/** The links in their element: `show(state, found)` points them at the calendar, or at the nearest
    one there is, and tells what of the choice no calendar holds.
    - crossings: paths of the calendars of two parts or more;
    - older: whether meetings are shown of before the last twelve months. */
const followLinks = (follow, fields, texts) => {
  const ways = follow.querySelector(".pc-filter__ways");
  const page = ways.href;
  const show = (state, { crossings = new Set(), older = false } = {}) => {
    const { feeds, all, suffix } = follow.dataset;
    // What is crossed with nothing, the mode, is the last one, and the first to be left out.
    const used = fields.filter(({ options, value }) => options && value);
    const wanted = used.map(({ dataset, value }) => dataset.path + value);
    const parts = nearestOf(wanted, (path) => crossings.has(path));
    const held = used.filter((_, index) => parts.includes(wanted[index]));
    const url = feeds + (parts.join("/") || all) + suffix;
    const left = used.filter((one) => !held.includes(one)).map(({ dataset }) => dataset.field);
    const lost = [left.includes("mode") && "mode", state.words && "words"].filter(Boolean);
    const notes = lost.length ? [texts[`without-${lost.length > 1 ? "both" : lost[0]}`]] : [];
    if (state.week || state.open) {
      notes.push(texts["without-time"]);
    }
    if (older) {
      notes.push(texts["without-past"]);
    }
    if (left.some((field) => field !== "mode")) {
      notes.unshift(texts.nearest);
    }
    const query = new URLSearchParams(used.map(({ name, value }) => [name, value]));
    ways.href = query.size ? `${page}?${query}` : page;
    const note = follow.querySelector(".pc-filter__note");
    follow.querySelector(".pc-filter__webcal").href = url.replace(/^\w+:/, "webcal:");
    follow.querySelector(".pc-filter__ics").href = url;
    follow.querySelector(".pc-filter__name").textContent = held
      .map(({ selectedOptions }) => selectedOptions[0].dataset.name)
      .join(", ") || texts.everything;
    note.hidden = !notes.length;
    note.textContent = notes.join(" ");
  };
  return { show };
};
