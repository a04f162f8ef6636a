/* Sharing a page: the system's sheet where there is one, else its address is copied. */
const show = (button, url) => {
  const field = Object.assign(document.createElement("input"), { readOnly: true, value: url });
  field.setAttribute("aria-label", button.textContent);
  button.after(field);
  button.hidden = true;
  field.select();
};

for (const button of document.querySelectorAll(".pc-share")) {
  const label = button.textContent;
  const url = location.href.replace(/[?#].*$/, "");
  const title = document.querySelector("h1").textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (navigator.share) {
      const fault = await navigator.share({ title, url }).catch(({ name }) => name);
      // Who closes the sheet has changed their mind; a system may refuse to open one.
      if (!fault || fault === "AbortError") return;
    }
    try {
      await navigator.clipboard.writeText(url);
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = label; }, 2000);
    } catch {
      show(button, url); // a browser that refuses to copy shows what to copy
    }
  });
}
