/** Bodies that break when somebody decodes, parses or cuts them on the way. */
export function awkwardBodies(): [string, Uint8Array<ArrayBuffer>][] {
  const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));
  return [
    ["every byte there is", Uint8Array.from({ length: 256 }, (_, index) => index)],
    ["broken UTF-8", Uint8Array.from([0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0x00])],
    ["spaced and escaped JSON", bytes('{ "a" : "\\/ \\u00e9 é 🟢",\r\n"b":1.0 }\n')],
    ["three megabytes, as Meta's batches have", Uint8Array.from({ length: 3_145_728 }, (_, index) => (index * 31 + (index >> 8)) % 256)],
    ["no byte at all", new Uint8Array()],
  ];
}
