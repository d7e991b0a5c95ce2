"use strict";
/* Suggestions for inputs with data-suggest="<address>" (ARIA 1.2 combobox with a listbox); without this file they are plain inputs. */
(() => {
  const live = document.getElementById("rk-live");
  const words = live?.dataset.suggestions || "";
  const list = document.createElement("ul");
  let [input, waiting, request, active] = [null, 0, null, -1];
  Object.assign(list, { id: "rk-suggestions", className: "rk-suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words);

  const isOurs = (target) => target instanceof HTMLInputElement && target.dataset.suggest;

  function begin(target) {
    input = target;
    input.parentElement.classList.add("rk-suggesting");
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
    input.after(list);
  }

  function close() {
    clearTimeout(waiting);
    request?.abort();
    list.hidden = true;
    activate(-1);
    input?.setAttribute("aria-expanded", "false");
  }

  function activate(number) {
    active = number;
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === number)));
    const option = list.children[number];
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input?.removeAttribute("aria-activedescendant");
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(({ label, kind }, number) => {
      const option = document.createElement("li");
      option.id = `rk-suggestion-${number}`;
      option.dataset.value = label;
      option.setAttribute("role", "option");
      option.append(label);
      if (kind) option.append(Object.assign(document.createElement("span"), { className: "rk-suggestions__kind", textContent: ` ${kind}` }));
      return option;
    }));
    activate(-1);
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (live && suggestions.length) live.textContent = `${suggestions.length} ${words}`;
  }

  async function ask() {
    request?.abort();
    request = new AbortController();
    const [asked, { signal }] = [input, request];
    const address = `${asked.dataset.suggest}?${new URLSearchParams([[asked.name, asked.value.trim()]])}`;
    try {
      const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
      const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
      if (asked === document.activeElement) show(suggestions);
    } catch (error) {
      // Taken back by the next letter, or no connection: both leave a plain input.
      if (error.name !== "AbortError" && input) close();
    }
  }

  function choose(option) {
    input.value = option.dataset.value;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  document.addEventListener("focusin", (event) => isOurs(event.target) && begin(event.target));
  document.addEventListener("focusout", (event) => event.target === input && close());
  document.addEventListener("submit", () => input && close(), true);
  document.addEventListener("input", (event) => {
    if (!isOurs(event.target)) return;
    if (event.target !== input || !list.isConnected) begin(event.target);
    clearTimeout(waiting);
    if (input.value.trim().length < 2) close();
    else waiting = setTimeout(ask, 150);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target !== input || event.isComposing) return;
    const [step, last] = [{ ArrowDown: 1, ArrowUp: -1 }[event.key], list.children.length - 1];
    if (step && list.hidden && input.value.trim().length > 1) ask();
    else if (step && !list.hidden) activate(active + step > last ? -1 : active + step < -1 ? last : active + step);
    else if (event.key === "Enter" && active > -1) choose(list.children[active]);
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
})();
