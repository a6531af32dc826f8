import { createHmac } from "node:crypto";

/** What Parrot was asked to send. */
export interface SentText {
  readonly to: string;
  readonly text: string;
}

/** A Parrot to test against: one line, one key, one person who is not on WhatsApp. */
export interface FakeParrot {
  readonly fetch: typeof fetch;
  readonly sent: readonly SentText[];
  /** Answers the next call in place of Parrot. */
  answerNext(answer: () => Response): void;
}

/** Somebody whom no message reaches. */
export const STRANGER = "+5511000000000";

/** Makes one whose line is `line-1`. */
export function fakeParrot(apiKey: string): FakeParrot {
  const sent: SentText[] = [];
  const next: (() => Response)[] = [];
  return {
    sent,
    answerNext: (answer) => void next.push(answer),
    async fetch(address, init) {
      const request = new Request(address, init);
      const answer = next.shift();
      if (answer !== undefined) return answer();
      if (request.headers.get("authorization") !== `Bearer ${apiKey}`)
        return refused(401, "bad_key", `key ${request.headers.get("authorization")} is unknown`);
      const [, , line, messages] = new URL(request.url).pathname.split("/");
      if (line !== "line-1") return refused(404, "unknown_line", "no such line");
      if (messages === undefined) return Response.json({ phone: "+15550100001", name: "My Shop" });
      const { to, text } = (await request.json()) as SentText;
      if (to === STRANGER) return refused(422, "not_on_whatsapp", "this person has no WhatsApp");
      sent.push({ to, text });
      return Response.json({ id: `par-${sent.length}` }, { status: 201 });
    },
  };
}

/** A webhook as Parrot posts it. */
export function postOfParrot(items: readonly object[], secret: string, url = "https://chat.example.com/webhooks/parrot"): Request {
  const body = JSON.stringify({ items });
  return new Request(url, { method: "POST", body, headers: { "parrot-signature": signatureOf(body, secret) } });
}

/** Parrot's signature of a body. */
export function signatureOf(body: string, secret: string): string {
  return createHmac("sha256", secret).update(body).digest("hex");
}

function refused(status: number, error: string, message: string): Response {
  return Response.json({ error, message }, { status });
}
