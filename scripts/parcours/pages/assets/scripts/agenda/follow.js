/* The calendar that goes with what is chosen. */
/** The links in their element: `show(state, crossings)` points them at the calendar, or at the
    nearest one there is, and tells what of the choice no calendar holds. */
const followLinks = (follow, fields, texts) => {
  const ways = follow.querySelector(".pc-filter__ways");
  const page = ways.href;
  const show = (state, crossings = new Set()) => {
    const { feeds, all, suffix } = follow.dataset;
    const selects = fields.filter(({ options, value }) => options && value);
    const alone = selects.length === 1;
    // A calendar by mode exists, but is crossed with nothing.
    const used = selects.filter(({ dataset }) => dataset.field !== "mode" || alone);
    const wanted = used.map(({ dataset, value }) => dataset.path + value);
    const parts = nearestOf(wanted, (path) => crossings.has(path));
    const held = used.filter((_, index) => parts.includes(wanted[index]));
    const url = feeds + (parts.join("/") || all) + suffix;
    const lost = [state.mode && !alone && "mode", state.words && "words"].filter(Boolean);
    const notes = lost.length ? [texts[`without-${lost.length > 1 ? "both" : lost[0]}`]] : [];
    if (state.week || state.open) {
      notes.push(texts["without-time"]);
    }
    if (parts.length < wanted.length) {
      notes.unshift(texts.nearest);
    }
    const query = new URLSearchParams(used
      .filter(({ dataset }) => dataset.field !== "mode")
      .map(({ name, value }) => [name, value]));
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
