import type { Form } from "../wire/form.ts";

/**
 * A digest of a form: 106 bits as text, the same whatever order the fields come in. It tells a redelivery from a new item where there is no
 * id; it guards nothing, since only signed webhooks come this far.
 */
export function digestOf(form: Form): string {
  const names = Object.keys(form).sort();
  const text = JSON.stringify(names.map((name) => [name, form[name]]));
  return lane(text, 1).toString(36).padStart(11, "0") + lane(text, 2).toString(36).padStart(11, "0");
}

const LOW_BITS = 0x1fffff;

function lane(text: string, seed: number): number {
  let high = 0x2c1b3c6d ^ seed;
  let low = 0x297a2d39 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 0x7feb352d);
    low = Math.imul(low ^ code, 0x846ca68b);
    high ^= low >>> 15;
    low ^= high >>> 16;
  }
  high = Math.imul(high ^ (high >>> 16), 0x21f0aaad);
  low = Math.imul(low ^ (low >>> 15), 0x735a2d97);
  return (high & LOW_BITS) * 2 ** 32 + (low >>> 0);
}
