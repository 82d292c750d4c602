// A filter form marked `data-kf-auto` sends itself when a choice changes; its button stays for those without scripts.
// Text boxes are left alone: sending while somebody types would take the page from under them.
export function submitOnChange(root) {
  for (const form of root.querySelectorAll("form[data-kf-auto]")) {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select")) form.requestSubmit();
    });
  }
}
