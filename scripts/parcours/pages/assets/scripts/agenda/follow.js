/* The calendar that goes with what is chosen. */
/** The links in their element: `show(state)` points them at the calendar, and tells what of the
    choice no calendar holds. */
const followLinks = (follow, fields, texts) => {
  const show = (state) => {
    const { feeds, all, suffix } = follow.dataset;
    const selects = fields.filter(({ options, value }) => options && value);
    const alone = selects.length === 1;
    // A calendar by mode exists, but is crossed with nothing.
    const used = selects.filter(({ dataset }) => dataset.field !== "mode" || alone);
    const path = used.map(({ dataset, value }) => dataset.path + value).join("/") || all;
    const url = feeds + path + suffix;
    const lost = [state.mode && !alone && "mode", state.words && "words"].filter(Boolean);
    const note = follow.querySelector(".pc-filter__note");
    follow.querySelector(".pc-filter__webcal").href = url.replace(/^\w+:/, "webcal:");
    follow.querySelector(".pc-filter__ics").href = url;
    follow.querySelector(".pc-filter__name").textContent = used
      .map(({ selectedOptions }) => selectedOptions[0].textContent)
      .join(", ") || texts.everything;
    note.hidden = !lost.length;
    note.textContent = lost.length ? texts[`without-${lost.length > 1 ? "both" : lost[0]}`] : "";
  };
  return { show };
};
