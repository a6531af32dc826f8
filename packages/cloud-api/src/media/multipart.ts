import type { OutgoingMedia } from "@wadesk/core/ports";

/** A form that is being sent. */
export interface Multipart {
  readonly contentType: string;
  /** In bytes; absent where the file's size is not known yet. */
  readonly length: number | undefined;
  readonly stream: ReadableStream<Uint8Array>;
}

/** A form with plain fields and one file, which is read as it goes out. `FormData` would want the whole file first. */
export function multipart(fields: Readonly<Record<string, string>>, file: OutgoingMedia): Multipart {
  // no secret: it only must not stand in the file by chance
  const boundary = `wadesk-${crypto.randomUUID()}`;
  const plain = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const described = `content-disposition: form-data; name="file"; filename="${quoted(file.fileName ?? "file")}"\r\ncontent-type: ${file.mimeType}`;
  const head = new TextEncoder().encode(`${plain.join("")}--${boundary}\r\n${described}\r\n\r\n`);
  const tail = new TextEncoder().encode(`\r\n--${boundary}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: file.sizeBytes === undefined ? undefined : head.byteLength + file.sizeBytes + tail.byteLength,
    stream: between(head, file.stream, tail),
  };
}

// as browsers write it: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
function quoted(name: string): string {
  return name.replaceAll("\n", "%0A").replaceAll("\r", "%0D").replaceAll('"', "%22");
}

function between(head: Uint8Array, file: ReadableStream<Uint8Array>, tail: Uint8Array): ReadableStream<Uint8Array> {
  const reader = file.getReader();
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(head),
      async pull(controller) {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        controller.enqueue(tail);
        controller.close();
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
