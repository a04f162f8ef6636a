/* Copying an address: the field is there without a script, the button needs one. */
for (const button of document.querySelectorAll(".pc-copy")) {
  const field = button.parentElement.querySelector("input");
  const label = button.textContent;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}
