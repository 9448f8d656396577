// A text as Code 128, which every scanner at a till reads: the number on the slip, for whoever looks the return up again.

/** The widths of bars and gaps, in turn, of each symbol from 0 on; the last stops. */
const SYMBOLS = (
  "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 " +
  "223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 " +
  "112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 " +
  "311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 " +
  "122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 " +
  "214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
).split(" ");
const [START, STOP] = [104, 106];
/** Light on either side of the bars, as many times the thinnest of them. */
const QUIET = 10;

/** The widths of bars and gaps, in turn, of a text in letters, digits and signs of ASCII. */
export function widths(text) {
  const values = [...text].map((letter) => letter.codePointAt(0) - 32);
  if (values.some((value) => value < 0 || value > 94)) throw new RangeError(`${text} has what Code 128 B has not`);
  const check = values.reduce((sum, value, at) => sum + value * (at + 1), START) % 103;
  return [START, ...values, check, STOP].flatMap((symbol) => [...SYMBOLS[symbol]].map(Number));
}

const SVG = "http://www.w3.org/2000/svg";

/** How wide the thinnest bar is on paper: two dots of a receipt printer, which has eight to the millimetre. */
const BAR = 0.25;

/** The text in bars. */
export function barcode(text, label) {
  let at = QUIET;
  let bars = "";
  for (const [place, width] of widths(text).entries()) {
    if (place % 2 === 0) bars += `M${at} 0h${width}v40h-${width}z`;
    at += width;
  }
  const svg = document.createElementNS(SVG, "svg");
  const set = (element, members) => Object.entries(members).forEach(([name, value]) => element.setAttribute(name, value));
  set(svg, { class: "barcode", viewBox: `0 0 ${at + QUIET} 40`, width: `${(at + QUIET) * BAR}mm`, preserveAspectRatio: "none", role: "img", "aria-label": label, "shape-rendering": "crispEdges" });
  const path = document.createElementNS(SVG, "path");
  set(path, { d: bars });
  svg.append(path);
  return svg;
}
