// A printed page shows its sums: what is folded on the screen is opened for the paper and folded again after.
export function openForPrint(window) {
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...window.document.querySelectorAll("details:not([open])")];
    opened.forEach((part) => part.setAttribute("open", ""));
  });
  window.addEventListener("afterprint", () => {
    opened.forEach((part) => part.removeAttribute("open"));
    opened = [];
  });
}
