/* Choices that one makes often, by one touch; the region that is the reader's stays on the device. */
const regionHere = shelf("region");

/** The presets of a form: `show(state)` says which of them hold. */
const presetsOf = (form, fields) => {
  const buttons = [...form.querySelectorAll(".pc-preset")];
  const fieldOf = ({ dataset }) => fields.find((one) => one.dataset.field === dataset.sets);
  const set = (button, value) => {
    const field = fieldOf(button);
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const knows = (button, value) => [...fieldOf(button).options].some((one) => one.value === value);
  const near = form.querySelector(".pc-near");
  const mine = form.querySelector(".pc-near__mine");
  const select = mine?.querySelector("select");
  const label = near?.textContent;
  let region = regionHere.read() ?? "";

  const name = () => [...select.options].find(({ value }) => value && value === region)?.textContent;
  const tell = () => {
    if (!near) return;
    if (region && !name()) region = ""; // a region of another time
    near.dataset.to = region;
    near.textContent = region ? `${label} (${name()})` : label;
    select.value = region;
    const none = mine.querySelector(".pc-near__none");
    none.hidden = !region || knows(near, region);
    const link = none.querySelector("a");
    if (link) link.search = region ? `?${new URLSearchParams({ [link.dataset.key]: region })}` : "";
  };
  const unfold = (open) => {
    mine.hidden = !open;
    near.ariaExpanded = String(open);
    if (open) select.focus();
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const pressed = button.ariaPressed === "true";
      if (button === near && (pressed || !region || !knows(near, region))) unfold(mine.hidden);
      if (pressed || (button.dataset.to && knows(button, button.dataset.to))) {
        set(button, pressed ? "" : button.dataset.to);
      }
    });
  }
  select?.addEventListener("input", (event) => {
    event.stopPropagation(); // it is no filter
    region = select.value;
    regionHere.write(region); // for this time alone, where nothing is kept
    tell();
    set(near, knows(near, region) ? region : "");
  });
  tell();
  const show = (state) => {
    for (const button of buttons) {
      const { sets, to } = button.dataset;
      button.ariaPressed = String(Boolean(to) && state[sets] === to);
    }
  };
  return { show };
};
