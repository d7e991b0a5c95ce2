// Asks the browser for a passkey and sends it with the form. Needs allauth's webauthn-json.js, which is loaded before.
// Without JavaScript, without https or in an old browser the words in [data-passkey-missing] stay.
(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form) return;

  const show = (part, visible) => {
    for (const element of form.querySelectorAll(`[data-passkey-${part}]`)) element.hidden = !visible;
  };

  if (!window.isSecureContext || !window.PublicKeyCredential || !window.webauthnJSON) return;
  show("missing", false);
  show("ready", true);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    show("failed", false);
    try {
      const options = JSON.parse(form.dataset.options);
      const credential = await window.webauthnJSON[form.dataset.passkey](options);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      show("failed", true);
    }
  });
})();
