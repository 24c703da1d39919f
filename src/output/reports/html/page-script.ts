/**
 * The script of the page. It filters, searches and copies, and opens all details for printing. It reads nothing but the
 * page, and changes only attributes and text. Without the script, the page shows everything.
 */
export const PAGE_SCRIPT = `
"use strict";
document.documentElement.classList.add("scripted");
const items = [...document.querySelectorAll(".item")];
const filters = [...document.querySelectorAll(".filters button")];
const search = document.getElementById("search");
const status = document.getElementById("status");
const texts = new Map();
const textOf = (item) => {
  if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
  return texts.get(item);
};
const isPressed = (button) => button.getAttribute("aria-pressed") === "true";
const apply = () => {
  const verdicts = filters.filter(isPressed).map((button) => button.dataset.verdict);
  const words = search.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
  let shown = 0;
  for (const item of items) {
    const isShown =
      (verdicts.length === 0 || verdicts.includes(item.dataset.verdict)) &&
      words.every((word) => textOf(item).includes(word));
    if (item.hidden === isShown) item.hidden = !isShown;
    if (isShown) shown += 1;
  }
  for (const list of document.querySelectorAll(".list")) {
    list.hidden = list.querySelector(".item:not([hidden])") === null;
  }
  status.textContent = shown === items.length ? status.dataset.all : shown + " of " + items.length + " shown";
};
let wait;
search?.addEventListener("input", () => {
  clearTimeout(wait);
  wait = setTimeout(apply, 100);
});
for (const button of filters) {
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", String(!isPressed(button)));
    apply();
  });
}
const copy = async (source) => {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(source);
    return document.execCommand("copy");
  }
};
for (const button of document.querySelectorAll(".copy")) {
  button.addEventListener("click", async () => {
    const isCopied = await copy(document.getElementById(button.dataset.copies));
    document.getElementById("copied").textContent = isCopied ? "Copied." : "Selected: press Ctrl+C.";
  });
}
// Not every browser opens the details that contain the target of a link.
const reveal = () => {
  const target = document.getElementById(location.hash.slice(1));
  const details = target?.closest("details:not([open])");
  if (!details) return;
  details.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")];
  for (const details of closed) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of closed) details.open = false;
});
`;
