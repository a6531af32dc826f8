import { missingSpecification } from "./file/document.ts";
import type { Exchange } from "./specification.ts";

/** Collects what is said to the fakes and holds it to the specification. */
export interface Watch {
  note(exchange: Exchange): void;
  /** What the noted exchanges have that the specification does not allow, one sentence each; forgets them. */
  complaints(): Promise<string[]>;
}

/** What stands where a specification is needed: only how it judges an exchange. */
type Judge = { validateExchange(exchange: Exchange): readonly { readonly side: "request" | "answer"; readonly reason: string }[] };

/**
 * A request that the specification refuses must have got an error: a fake that answers it with 2xx is lenient. Every answer must be as
 * the specification says. The specification is loaded with the first exchange, so that a test file that talks to no fake pays nothing.
 */
export function watchExchanges(load: () => Promise<Judge | undefined> = loadSpecification): Watch {
  let noted: Exchange[] = [];
  return {
    note: (exchange) => void noted.push(exchange),
    complaints: async () => {
      const exchanges = noted;
      noted = [];
      const specification = exchanges.length > 0 ? await load() : undefined;
      return specification === undefined ? [] : exchanges.flatMap((exchange) => complaintsOf(specification, exchange));
    },
  };
}

function complaintsOf(specification: Judge, exchange: Exchange): string[] {
  const { operation, request, response } = exchange;
  const granted = response.status >= 200 && response.status < 300;
  return specification
    .validateExchange(exchange)
    .filter(({ side }) => side === "answer" || granted)
    .map(({ side, reason }) => {
      const call = `${request.method} ${new URL(request.url).pathname} (${operation})`;
      return side === "answer"
        ? `${call}: the fake's answer ${response.status} is not as Meta's: ${reason}`
        : `${call}: the fake answered ${response.status} to a request that Meta refuses: ${reason}`;
    });
}

async function loadSpecification(): Promise<Judge | undefined> {
  // `announce.ts` has said so once for all test files
  if (missingSpecification() !== undefined) return undefined;
  return (await import("./specification.ts")).theSpecification();
}
