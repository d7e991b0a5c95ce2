"use strict";
/* Forms with data-enhance="<id>" update that element in place; without this file they are ordinary GET forms. */
(() => {
  const live = document.getElementById("rk-live");
  const folds = "form[data-enhance] details[id]";
  let open = new Map();
  let focused = "";

  function enhance() {
    for (const form of document.querySelectorAll("form[data-enhance]:not([hx-get])")) {
      const target = "#" + form.dataset.enhance;
      if (!document.querySelector(target)) continue;
      const attributes = {
        get: form.getAttribute("action") || location.pathname,
        target, select: target, swap: "outerHTML show:none", trigger: "change, submit", "push-url": "true", sync: "this:queue last",
      };
      for (const [name, value] of Object.entries(attributes)) form.setAttribute("hx-" + name, value);
      htmx.process(form);
    }
  }

  function plainSubmit(event) {
    const form = event.detail.elt.closest("form[data-enhance]");
    if (form) form.submit();
  }

  function withoutEmpty(data) {
    for (const name of new Set(data.keys())) {
      const values = data.getAll(name).filter((value) => value !== "");
      data.delete(name);
      for (const value of values) data.append(name, value);
    }
    return data;
  }

  // The answer brings a fresh form: what somebody typed since the question must not get lost with the old one.
  function isOvertaken(event) {
    const form = event.detail.requestConfig.elt.closest("form[data-enhance]");
    if (!form) return false;
    const [asked, now] = [event.detail.requestConfig.formData, withoutEmpty(new FormData(form))];
    return new URLSearchParams(asked).toString() !== new URLSearchParams(now).toString();
  }

  document.addEventListener("htmx:configRequest", (event) => withoutEmpty(event.detail.formData));
  document.addEventListener("htmx:beforeRequest", (event) => event.detail.target.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.isError) return;
    if (isOvertaken(event)) {
      event.detail.shouldSwap = false;
      event.detail.target.removeAttribute("aria-busy");
      return;
    }
    open = new Map([...document.querySelectorAll(folds)].map((fold) => [fold.id, fold.open]));
    focused = document.activeElement?.id;
    const page = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
    const heading = document.querySelector("h1");
    const fresh = page.querySelector("h1");
    if (heading && fresh && !event.detail.target.contains(heading)) heading.replaceChildren(...fresh.childNodes);
  });
  document.addEventListener("htmx:afterSettle", () => {
    for (const fold of document.querySelectorAll(folds)) fold.open = open.get(fold.id) ?? fold.open;
    // htmx gives the focus back, but not into a panel that arrives folded.
    if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus({ preventScroll: true });
    // What moved while somebody tabbed on must not leave the focus outside the window.
    const stop = document.activeElement;
    if (stop && stop !== document.body) stop.scrollIntoView({ block: "nearest" });
    enhance();
    const status = document.querySelector("main [role=status]") || document.querySelector("h1");
    if (live && status) live.textContent = status.textContent.trim();
  });
  document.addEventListener("htmx:responseError", plainSubmit);
  document.addEventListener("htmx:sendError", plainSubmit);
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest("details.rk-menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  enhance();
})();
