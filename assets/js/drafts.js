// What is being written is kept on the server a few seconds after each pause, so that a time-out or a flat battery loses
// nothing. A form says where in `data-kf-draft`; nothing is stored in the browser.
const PAUSE = 3000;

export function keepDrafts(root) {
  for (const form of root.querySelectorAll("form[data-kf-draft]")) keep(form);
}

function keep(form) {
  const words = document.createElement("p");
  words.className = "govuk-hint kf-kept";
  words.setAttribute("role", "status");
  form.append(words);
  let timer;
  let sending = false;
  let leaving = false;

  async function save() {
    if (sending || leaving) return later();
    sending = true;
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.dataset.kfDraft, { method: "POST", body, redirect: "manual" });
      if (answer.ok) {
        form.elements["draft-version"].value = (await answer.text()).trim();
        const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
        words.textContent = `Kept for you at ${time}. Not part of the record yet.`;
      } else {
        words.textContent = "This could not be kept just now. Copy what you wrote before you leave the page.";
      }
    } catch {
      words.textContent = "There is no connection. What you wrote is still on this page.";
    }
    sending = false;
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  form.addEventListener("input", later);
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
  });
}
