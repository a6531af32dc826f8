import { request as httpRequest } from "node:http";

/** What came back. */
export interface Exchange {
  readonly status: number;
  readonly text: string;
}

/** A POST whose body is written by hand, which `fetch` cannot break off halfway. */
export interface Upload {
  /** Rejects when the connection fails before a whole answer. */
  readonly answered: Promise<Exchange>;
  /** Fulfilled when everything has left this side, which takes a server that lets it in. */
  readonly sent: Promise<void>;
  write(chunk: string): void;
  end(chunk?: string): void;
  /** Cuts the connection. */
  breakOff(): void;
}

/** Begins a POST; a header with several values is sent several times. */
export function startUpload(url: string, headers: Readonly<Record<string, string[]>> = {}): Upload {
  const outgoing = httpRequest(url, { method: "POST", headers });
  const answered = new Promise<Exchange>((resolve, reject) => {
    outgoing.once("error", reject).once("response", (incoming) => {
      let text = "";
      incoming.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      incoming.once("error", reject).once("end", () => resolve({ status: incoming.statusCode ?? 0, text }));
    });
  });
  const sent = new Promise<void>((resolve) => void outgoing.once("finish", resolve));
  return {
    answered,
    sent,
    write: (chunk) => void outgoing.write(chunk),
    end: (chunk) => void outgoing.end(chunk),
    breakOff: () => void outgoing.destroy(),
  };
}

/** Sends all chunks before it looks at the answer, as simple clients do, and says what came back. */
export async function exchange(
  url: string,
  { headers, chunks }: { readonly headers?: Readonly<Record<string, string[]>>; readonly chunks: readonly string[] },
): Promise<Exchange> {
  const upload = startUpload(url, headers);
  for (const chunk of chunks) upload.write(chunk);
  upload.end();
  await upload.sent;
  return await upload.answered;
}

/** A promise and the function that fulfils it. */
export interface Gate<Value> {
  readonly opened: Promise<Value>;
  readonly open: (value: Value) => void;
}

/** Lets one side of a test wait for the other. */
export function gate<Value>(): Gate<Value> {
  let open: (value: Value) => void = () => undefined;
  const opened = new Promise<Value>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
