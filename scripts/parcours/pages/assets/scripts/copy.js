/* Handing an address on: by the system's sheet where there is one, else copied; a button copies its
   value, or what the field beside it holds. Where the browser refuses, the address is there, selected. */
const say = (button, text) => {
  button.dataset.label ??= button.textContent;
  button.textContent = text;
  setTimeout(() => { button.textContent = button.dataset.label; }, 2000);
};

const besideOf = (button) => button.parentElement.querySelector("input");

const shown = (button) => {
  const field = Object.assign(document.createElement("input"), { className: "pc-copied", readOnly: true });
  field.ariaLabel = button.textContent;
  button.after(field);
  return field;
};

const copy = async (button, text) => {
  try {
    await navigator.clipboard.writeText(text);
    say(button, words.copied);
  } catch {
    const field = besideOf(button) ?? shown(button);
    field.value = text;
    field.focus();
    field.select();
    say(button, words.selected);
  }
};

const share = async (button) => {
  const url = location.href.replace(/[?#].*$/, "");
  if (navigator.share) {
    const title = document.querySelector("h1").textContent;
    const fault = await navigator.share({ title, url }).catch(({ name }) => name);
    // Who closes the sheet has changed their mind; a system may refuse to open one.
    if (!fault || fault === "AbortError") return;
  }
  await copy(button, url);
};

for (const button of document.querySelectorAll(".pc-copy, .pc-share")) button.hidden = false;
document.addEventListener("click", ({ target }) => {
  const button = target.closest(".pc-copy, .pc-share");
  if (button?.matches(".pc-share")) share(button);
  else if (button) copy(button, button.value || besideOf(button).value);
});
