import type { BinaryNode } from "./node.ts";

const MOST_CHILDREN = 6;
// as a client may nest them without end
const DEEPEST_INDENT = 40;

/** A node as a person reads it. Bytes are only counted, so that no key and no ciphertext is ever in it. */
export function nodeText(each: BinaryNode, indent = ""): string {
  const attributes = Object.entries(each.attrs).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  const head = `${indent}<${each.tag}${attributes.join("")}`;
  const { content } = each;
  if (content === undefined || content.length === 0) return `${head}/>`;
  if (indent.length > DEEPEST_INDENT) return `${head}>…</${each.tag}>`;
  if (content instanceof Uint8Array) return `${head}>${content.length} bytes</${each.tag}>`;
  if (typeof content === "string") return `${head}>${content}</${each.tag}>`;
  const shown = content.slice(0, MOST_CHILDREN).map((child) => nodeText(child, `${indent}  `));
  const more = content.length > MOST_CHILDREN ? [`${indent}  … ${content.length - MOST_CHILDREN} more`] : [];
  return [`${head}>`, ...shown, ...more, `${indent}</${each.tag}>`].join("\n");
}
