import { isWadeskError, type LinkStep } from "@wadesk/core";
import { qrPath } from "@wadesk/core/qr";

// #region step
/** What the dialog shows for a step: HTML, in which nothing stands that a stranger wrote. */
export async function stepHtml(step: LinkStep): Promise<string> {
  switch (step.type) {
    case "qr": {
      const { size, path } = await qrPath(step.text);
      const which = step.number === undefined ? "" : `<p>Code ${step.number}${step.of === undefined ? "" : ` of ${step.of}`}</p>`;
      return `<svg viewBox="0 0 ${size} ${size}" role="img" aria-label="QR code"><rect width="100%" height="100%" fill="#fff"/><path d="${path}"/></svg>${which}`;
    }
    case "code":
      return `<p>Type this on your phone: <code>${escaped(step.code)}</code></p>`;
    case "step":
      return step.percent === undefined ? `<p>${step.step} …</p>` : `<progress max="100" value="${step.percent}"></progress>`;
    case "check":
      return `<p>${escaped(step.name)}: ${step.state} ${escaped(step.detail ?? "")}</p>`;
    case "ready":
      return "<p>Connected.</p>";
  }
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

// what a vendor or a person wrote stays a text in the page's HTML
function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? "");
}
// #endregion step

// #region linking
/** Shows each step as it comes, wherever it comes from: `connect` of this process, or steps that were read for another's. */
export async function showLinking(linking: AsyncIterable<LinkStep>, show: (html: string) => void): Promise<void> {
  try {
    for await (const step of linking) show(await stepHtml(step));
  } catch (error) {
    if (!isWadeskError(error)) throw error;
    const fields = error.issues.map(({ field, message }) => `<li>${escaped(field)}: ${escaped(message)}</li>`);
    show(`<p>${escaped(error.message)}</p><ul>${fields.join("")}</ul>`);
  }
}
// #endregion linking
