/** A stanza of WhatsApp Web or a part of one: a tag, attributes and children or bytes. */
export interface BinaryNode {
  readonly tag: string;
  readonly attrs: Readonly<Record<string, string>>;
  readonly content?: readonly BinaryNode[] | string | Uint8Array;
}

/** What `node` takes for an attribute; an undefined one is left out. */
export type AttributeValue = string | number | undefined;

/** Builds a node. */
export function node(
  tag: string,
  attributes: Readonly<Record<string, AttributeValue>> = {},
  content?: readonly (BinaryNode | undefined)[] | string | Uint8Array,
): BinaryNode {
  const attrs: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) attrs[name] = String(value);
  if (content === undefined) return { tag, attrs };
  const isBytes = typeof content === "string" || content instanceof Uint8Array;
  return { tag, attrs, content: isBytes ? content : content.filter((child) => child !== undefined) };
}

/** The nodes inside a node, those of one tag where one is named. */
export function childrenOf(parent: BinaryNode | undefined, tag?: string): readonly BinaryNode[] {
  const content = parent?.content;
  if (content === undefined || typeof content === "string" || content instanceof Uint8Array) return [];
  return tag === undefined ? content : content.filter((child) => child.tag === tag);
}

/** The first node inside a node, or the first of one tag. */
export function childOf(parent: BinaryNode | undefined, tag?: string): BinaryNode | undefined {
  return childrenOf(parent, tag)[0];
}

/** A node's content as bytes; empty where it has none. */
export function bytesOf(holder: BinaryNode | undefined): Buffer {
  const content = holder?.content;
  return typeof content === "string" || content instanceof Uint8Array ? Buffer.from(content as Uint8Array) : Buffer.alloc(0);
}

/** A node's content as text; empty where it has none. */
export function textOf(holder: BinaryNode | undefined): string {
  return bytesOf(holder).toString("utf8");
}

/** A number, big endian in as many bytes as asked for. */
export function uint(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}

/** Reads a number, big endian, of up to six bytes. */
export function readUint(bytes: Uint8Array): number {
  return bytes.length === 0 ? 0 : Buffer.from(bytes).readUIntBE(0, bytes.length);
}
