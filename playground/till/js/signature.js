// A pad to sign on, with a finger, a pen or a mouse. Who cannot draw leaves it: the name alone says that it was signed on paper.

import { h } from "./dom.js";
import { sha256 } from "./pictures.js";

/** The pad; `set(picture)` hears of each stroke, and of an empty pad with `{}`. */
export function signaturePad({ id, drawn, set, t }) {
  const canvas = h("canvas", { id: `${id}-pad`, class: "pad", width: 600, height: 160, role: "img", "aria-label": t("signature.pad") });
  const pen = canvas.getContext("2d");
  pen.lineWidth = 3;
  pen.lineCap = "round";
  let down = false;

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
    canvas.toBlob(async (blob) => set(await sha256(blob)), "image/png");
  });
  const clear = () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    set({});
  };
  return h(
    "div",
    { class: "sign" },
    canvas,
    h("div", { class: "under" }, h("p", { class: "hint" }, t(drawn ? "signature.drawn" : "signature.paper")), h("button", { type: "button", class: "quiet", id: `${id}-clear`, onclick: clear }, t("signature.clear"))),
  );
}
