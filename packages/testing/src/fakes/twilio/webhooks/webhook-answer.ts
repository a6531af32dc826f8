/** What the host's answer to an inbound message asks of Twilio. */
export interface AnswerReading {
  /** Messages to the person. */
  readonly replies: readonly { readonly body: string; readonly mediaUrl: string | undefined }[];
  /** The debugger's code and words for an answer that is none. */
  readonly problem?: { readonly code: 11200 | 12100 | 12300; readonly text: string };
}

const NOTHING: AnswerReading = { replies: [] };

/**
 * Reads TwiML. 204 and an empty body say nothing; a text is sent to the person, as Twilio's TwiML guide says, and is a 12300 too, as its
 * support pages say; JSON and the like are 12300, XML that is no TwiML 12100, any other answer than 2xx is 11200.
 * @see https://www.twilio.com/docs/api/errors/12300
 */
export function readAnswer(answer: { readonly status: number; readonly contentType: string; readonly body: string }): AnswerReading {
  const { status, contentType, body } = answer;
  if (status < 200 || status > 299) return { replies: [], problem: { code: 11200, text: `HTTP ${status}` } };
  if (status === 204 || body === "") return NOTHING;
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!["text/xml", "application/xml", "text/html"].includes(type)) {
    const replies = type === "text/plain" ? [{ body, mediaUrl: undefined }] : [];
    return { replies, problem: { code: 12300, text: `Invalid Content-Type: ${type || "none"}` } };
  }
  return readTwiml(body) ?? { replies: [], problem: { code: 12100, text: "Document parse failure" } };
}

function readTwiml(text: string): AnswerReading | undefined {
  const [, inner] = /^\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*)*<Response(?:\s*\/>|\s*>(.*)<\/Response>)\s*$/s.exec(text) ?? [];
  if (
    !/^\s*(<\?xml[^>]*\?>)?\s*(<!--.*?-->\s*)*<Response[\s/>]/s.test(text) ||
    (inner === undefined && !/<Response\s*\/>\s*$/.test(text))
  ) {
    return undefined;
  }
  const messages = [...(inner ?? "").matchAll(/<Message\b[^>]*?(?:\/>|>(.*?)<\/Message>)/gs)];
  const replies = messages.map(([, content = ""]) => {
    const nested = /<Body>(.*?)<\/Body>/s.exec(content)?.[1];
    const media = /<Media>(.*?)<\/Media>/s.exec(content)?.[1];
    const plain = content.replaceAll(/<(\w+)[^>]*>.*?<\/\1>/gs, "");
    return { body: unescaped((nested ?? plain).trim()), mediaUrl: media && unescaped(media.trim()) };
  });
  return { replies: replies.filter(({ body, mediaUrl }) => body !== "" || mediaUrl !== undefined) };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replaceAll(
    /&(?:#(\d+)|#x([0-9a-f]+)|(amp|lt|gt|quot|apos));/gi,
    (whole, decimal?: string, hexadecimal?: string, name = "") => {
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return hexadecimal === undefined
        ? (ENTITIES[String(name).toLowerCase()] ?? whole)
        : String.fromCodePoint(Number.parseInt(hexadecimal, 16));
    },
  );
}
