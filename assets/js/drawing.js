// Drawing with a finger or a mouse, where a picture can be added. Without a script a picture is drawn on paper and
// photographed: nothing here is needed to say something.

const colours = [
  ["Black", "#1d2b33"],
  ["Blue", "#0f5c63"],
  ["Red", "#a4262c"],
  ["Gold", "#f2b134"],
  ["Green", "#4c6b1f"],
];

/** Offers a sheet to draw on in every form that takes drawings. */
export function offerDrawing(root) {
  for (const form of root.querySelectorAll("form[data-kf-drawing]")) offer(form);
}

function button(words, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "govuk-button govuk-button--secondary";
  made.textContent = words;
  made.addEventListener("click", press);
  return made;
}

function offer(form) {
  const input = form.querySelector('input[type="file"]');
  if (!input || typeof DataTransfer !== "function") return;
  const open = button("Draw a picture", () => {
    open.remove();
    form.before(sheet(form, input));
  });
  form.before(open);
}

function sheet(form, input) {
  const holder = document.createElement("div");
  holder.className = "kf-drawing";
  const canvas = document.createElement("canvas");
  canvas.className = "kf-drawing__sheet";
  canvas.width = 960;
  canvas.height = 720;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", "Your drawing");
  const pen = canvas.getContext("2d");
  const clean = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
  };
  clean();
  pen.lineWidth = 8;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.strokeStyle = colours[0][1];
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * canvas.width, ((event.clientY - box.top) / box.height) * canvas.height];
  };
  let drawing = false;
  canvas.addEventListener("pointerdown", (event) => {
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...at(event));
    pen.lineTo(...at(event));
    pen.stroke();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    pen.lineTo(...at(event));
    pen.stroke();
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (drawing = false));
  const row = document.createElement("div");
  row.className = "govuk-button-group";
  for (const [name, value] of colours) row.append(button(name, () => (pen.strokeStyle = value)));
  row.append(button("Start again", clean));
  const add = button("Add my drawing", () => {
    canvas.toBlob((picture) => {
      if (!picture) return;
      const files = new DataTransfer();
      files.items.add(new File([picture], "drawing.png", { type: "image/png" }));
      input.files = files.files;
      form.requestSubmit();
    }, "image/png");
  });
  add.classList.remove("govuk-button--secondary");
  holder.append(canvas, row, add);
  return holder;
}
