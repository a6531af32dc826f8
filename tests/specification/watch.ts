import { missingSpecification } from "./file/document.ts";
import type { Exchange } from "./specification.ts";
import { missingTwilioSpecification } from "./twilio/documents.ts";

/** Collects what is said to the fakes and holds it to the specification. */
export interface Watch {
  note(exchange: Noted): void;
  /** What the noted exchanges have that the specification does not allow, one sentence each; forgets them. */
  complaints(): Promise<string[]>;
}

/** The vendors whose fakes are watched. */
export type Vendor = "meta" | "twilio";

/** What stands where a specification is needed: only how it judges an exchange. */
type Judge = { validateExchange(exchange: Exchange): readonly { readonly side: "request" | "answer"; readonly reason: string }[] };

/** An exchange of a fake of Meta's, unless it says whose. */
type Noted = Exchange & { readonly vendor?: Vendor };

const NAMES: Readonly<Record<Vendor, string>> = { meta: "Meta", twilio: "Twilio" };

/**
 * A request that the vendor's specification refuses must have got an error: a fake that answers it with 2xx is lenient. Every answer must
 * be as the specification says. It is loaded with the first exchange, so that a test file that talks to no fake pays nothing.
 */
export function watchExchanges(load: (vendor: Vendor) => Promise<Judge | undefined> = loadSpecification): Watch {
  let noted: Noted[] = [];
  return {
    note: (exchange) => void noted.push(exchange),
    complaints: async () => {
      const exchanges = noted;
      noted = [];
      const complaints: string[] = [];
      for (const vendor of new Set(exchanges.map(vendorOf))) {
        const specification = await load(vendor);
        const own = specification ? exchanges.filter((exchange) => vendorOf(exchange) === vendor) : [];
        complaints.push(...own.flatMap((exchange) => (specification ? complaintsOf(specification, exchange) : [])));
      }
      return complaints;
    },
  };
}

function vendorOf({ vendor }: Noted): Vendor {
  return vendor ?? "meta";
}

function complaintsOf(specification: Judge, exchange: Noted): string[] {
  const { operation, request, response } = exchange;
  const name = NAMES[vendorOf(exchange)];
  const granted = response.status >= 200 && response.status < 300;
  return specification
    .validateExchange(exchange)
    .filter(({ side }) => side === "answer" || granted)
    .map(({ side, reason }) => {
      const call = `${request.method} ${new URL(request.url).pathname} (${operation})`;
      return side === "answer"
        ? `${call}: the fake's answer ${response.status} is not as ${name}'s: ${reason}`
        : `${call}: the fake answered ${response.status} to a request that ${name} refuses: ${reason}`;
    });
}

async function loadSpecification(vendor: Vendor): Promise<Judge | undefined> {
  // `announce.ts` has said so once for all test files
  if (vendor === "twilio") {
    return missingTwilioSpecification() === undefined ? (await import("./twilio/specification.ts")).theTwilioSpecification() : undefined;
  }
  return missingSpecification() === undefined ? (await import("./specification.ts")).theSpecification() : undefined;
}
