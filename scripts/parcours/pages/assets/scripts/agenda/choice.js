/* What is chosen stands in the page's address, and nowhere else. */
/** The choice of a form.
    - `read()`: as the address says it; a value that the form does not know is none.
    - `chosen()`: as the form's fields say it.
    - `addressOf(state)`: the address that says it.
    - `show(state)`: puts it into the fields.
    - `filtered(state)`: how many fields choose something. */
const choiceOf = (fields, { view: viewKey, month: monthKey }) => {
  const read = () => {
    const query = new URLSearchParams(location.search);
    const state = { view: query.get(viewKey) === monthKey ? "month" : "" };
    const month = query.get(monthKey) ?? "";
    state.month = /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? month : today.slice(0, 7);
    for (const field of fields) {
      const value = query.get(field.name) ?? "";
      const known = !field.options || [...field.options].some((one) => one.value === value);
      state[field.dataset.field] = known ? value : "";
    }
    return state;
  };
  const chosen = () => {
    const state = read();
    for (const field of fields) {
      state[field.dataset.field] = field.type === "checkbox"
        ? (field.checked ? field.value : "")
        : field.value.trim();
    }
    return state;
  };
  const addressOf = (state) => {
    const query = new URLSearchParams();
    for (const { name, dataset } of fields) {
      if (state[dataset.field]) {
        query.set(name, state[dataset.field]);
      }
    }
    if (state.view) {
      query.set(viewKey, monthKey);
      query.set(monthKey, state.month);
    }
    return `${query}` ? `?${query}` : location.pathname;
  };
  const show = (state) => {
    for (const field of fields) {
      const value = state[field.dataset.field];
      if (field.type === "checkbox") {
        field.checked = Boolean(value);
      } else if (field.value.trim() !== value) {
        field.value = value;
      }
    }
  };
  const filtered = (state) => fields.filter(({ dataset }) => state[dataset.field]).length;
  return { read, chosen, addressOf, show, filtered };
};

/** Goes to an address of this page: a step back, unless it takes the place of the one before. */
const turnTo = (address, replace) => history[replace ? "replaceState" : "pushState"](null, "", address);

/** Brings a form's fields, folded behind its button where there is little room. Given how many of
    them choose something, the result says so on the button. */
const unfoldable = (form) => {
  const toggle = form.querySelector(".pc-filter__toggle");
  const label = toggle?.textContent;
  form.classList.add("pc-filter--on");
  toggle?.addEventListener("click", () => {
    toggle.ariaExpanded = String(form.classList.toggle("pc-filter--open"));
  });
  return (active) => {
    if (toggle) toggle.textContent = active ? `${label} (${active})` : label;
  };
};
