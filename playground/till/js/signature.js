// A pad to sign on, with a finger, a pen or a mouse. Who cannot draw leaves it: the name alone says that it was signed on paper.

import { h } from "./dom.js";
import { pictureOf, sha256 } from "./pictures.js";

/** The pad, with the picture `ref` on it where one was drawn; `set(picture)` hears of each stroke, and of an empty pad with `{}`. */
export function signaturePad({ id, ref, set, t }) {
  const canvas = h("canvas", { id: `${id}-pad`, class: "pad", width: 600, height: 160, role: "img", "aria-label": t("signature.pad") });
  const pen = canvas.getContext("2d");
  pen.lineWidth = 3;
  pen.lineCap = "round";
  const hint = h("p", { class: "hint" }, t(ref ? "signature.drawn" : "signature.paper"));
  let down = false;
  if (ref) drawnBefore(ref, pen);

  const at = (event) => [(event.offsetX * canvas.width) / canvas.clientWidth, (event.offsetY * canvas.height) / canvas.clientHeight];
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    down = true;
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!down) return;
    pen.lineTo(...at(event));
    pen.stroke();
  });
  canvas.addEventListener("pointerup", () => {
    down = false;
    hint.textContent = t("signature.drawn");
    canvas.toBlob(async (blob) => set(await sha256(blob)), "image/png");
  });
  const clear = () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    hint.textContent = t("signature.paper");
    set({});
  };
  return h(
    "div",
    { class: "sign" },
    canvas,
    h("div", { class: "under" }, hint, h("button", { type: "button", class: "quiet", id: `${id}-clear`, onclick: clear }, t("signature.clear"))),
  );
}

/** Draws what was signed before the screen was drawn anew. */
async function drawnBefore(ref, pen) {
  const bytes = await pictureOf(ref);
  if (bytes) pen.drawImage(await createImageBitmap(new Blob([bytes])), 0, 0);
}
