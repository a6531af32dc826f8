import { isWadeskError } from "@wadesk/core";
import { checkOptions } from "@wadesk/core/ports";
import type { PlatformSecret, RawRequest, SecretsContext, SpeakingSecret, WebhookSource } from "@wadesk/core/ports";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { brokenOnce } from "./broken-bodies.ts";
import { vendorScheme } from "./vendor-schemes.ts";

/** What the contract needs to know of one channel's source. */
export interface WebhookSourceContractOptions<Settings> {
  /** The channel's kind, with which every route begins. */
  readonly kind: string;
  /** The source itself. */
  readonly source: WebhookSource<Settings>;
  /** Settings under which the source's secret is {@link WebhookSourceContractOptions.secret}. */
  readonly settings: Settings;
  /** Settings without any secret, as before an admin has typed one in. */
  readonly settingsWithoutSecret: Settings;
  /** What the vendor signs with. */
  readonly secret: string;
  /** The platform's secrets of a field under these settings; by default what stands there, kept for nothing in particular. */
  readonly platformSecrets?: (field: string, settings: Settings) => readonly PlatformSecret[];
  /** The secrets of connections, where the vendor signs for each account with its own. */
  readonly connectionSecrets?: (speaker: string) => Promise<readonly SpeakingSecret[]>;
  /** The tokens of connections that answer a challenge, where the vendor asks for one of each account's or app's. */
  readonly connectionTokens?: (speaker: string) => Promise<readonly string[]>;
  /** The request that the vendor sends with this body, signed with this secret at 1,700,000,000 seconds since the epoch; with what stands in the place of a name in the path, where it has one. */
  readonly request: (body: string, secret: string) => RawRequest;
  /** A body with at least one message that came in. */
  readonly message: string;
  /** Bodies with items of a kind that does not exist: the source answers an event for each. */
  readonly unknown: readonly string[];
  /** A body that the vendor never sends. */
  readonly invalid: string;
}

const NOW = 1_700_000_000_000;

/** What every channel that a vendor calls promises the webhook handler. Call it once from the channel's own test file. */
export function webhookSourceContract<Settings>(name: string, options: WebhookSourceContractOptions<Settings>): void {
  // one that is left out in silence is a promise that nobody looks at
  checkOptions<WebhookSourceContractOptions<unknown>>("webhookSourceContract", options, {
    kind: "text",
    source: "object",
    settings: "any",
    settingsWithoutSecret: "any",
    secret: "text",
    platformSecrets: "function",
    connectionSecrets: "function",
    connectionTokens: "function",
    request: "function",
    message: "text",
    unknown: "list",
    invalid: "text",
  });
  const { kind, source, secret, request, message } = options;
  const scheme = typeof source.scheme === "string" ? vendorScheme(source.scheme) : source.scheme;
  const signed = request(message, secret);
  // as the webhook handler asks it
  const verify = (raw: RawRequest, by: string): Promise<boolean> => scheme.read?.(raw, NOW).verify(by) ?? scheme.verify(raw, by);
  const normalized = async (body: string) => source.normalize(request(body, secret));

  describe(`${name} keeps the webhook source contract`, () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: NOW }));
    afterEach(() => void vi.useRealTimers());

    it("receives at a path below the base path", () => {
      expect(source.paths.length).toBeGreaterThan(0);
      for (const path of source.paths) expect(path).toMatch(/^\/[^?#\s]*[^/?#\s]$/);
      // what stands in the place of a name picks the secrets, and there is one such place
      for (const path of source.paths) expect(path.split("/").filter((part) => part.startsWith(":")).length).toBeLessThan(2);
    });

    it("recognises its vendor's request, and not an unsigned one", () => {
      expect(scheme.detect(signed)).toBe(true);
      expect(scheme.detect({ ...signed, headers: new Headers({ "content-type": "application/json" }) })).toBe(false);
    });

    it("verifies what its vendor signed with a secret of its own, says whom it speaks for, and refuses a changed byte or another secret", async () => {
      const secrets = await source.secretsFor(scheme.account(signed), contextOf(options, options.settings));
      expect(secrets.map((each) => each.secret)).toContain(secret);
      for (const { speaker } of secrets) expect(speaker).toMatch(new RegExp(`^${kind}:.`));
      expect(await verify(signed, secret)).toBe(true);
      const changed = signed.body.slice();
      changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
      expect(await verify({ ...signed, body: changed }, secret)).toBe(false);
      expect(await verify(signed, `${secret}x`)).toBe(false);
    });

    it("gives no secret where none is set, so that everything is refused", async () => {
      const secrets = await source.secretsFor(scheme.account(signed), {
        ...contextOf(options, options.settingsWithoutSecret),
        connectionSecrets: async () => [],
        connectionTokens: async () => [],
      });
      expect(secrets.filter((each) => each.secret !== "")).toEqual([]);
    });

    it("gives no verify token where none is set", async () => {
      if (!source.verifyTokens) return;
      const tokens = await source.verifyTokens({
        ...contextOf(options, options.settingsWithoutSecret),
        connectionTokens: async () => [],
      });
      expect(tokens.filter((each) => each !== "")).toEqual([]);
    });

    it("gives every event a key of its own, a route that begins with the kind, and an order key below that route", async () => {
      const events = await normalized(message);
      expect(events.map(({ type }) => type)).toContain("message.received");
      expect(new Set(events.map(({ key }) => key)).size).toBe(events.length);
      for (const { key, route, orderKey, at } of events) {
        expect(route).toMatch(new RegExp(`^${kind}:.`));
        expect([key.startsWith(`${route}|`), orderKey.startsWith(route)]).toEqual([true, true]);
        // 0 where the vendor gives no time: the client then puts the moment at which it took the event in
        expect(Number.isSafeInteger(at) && at >= 0).toBe(true);
      }
    });

    it("gives a redelivery the same events, whenever it comes", async () => {
      const first = await normalized(message);
      vi.setSystemTime(1_700_000_600_000);
      expect(await normalized(message)).toEqual(first);
    });

    it("leaves the request as it was", async () => {
      const before = signed.body.slice();
      await source.normalize(signed);
      expect(signed.body).toEqual(before);
    });

    it("answers an event for an item of a kind that it does not know", async () => {
      for (const body of options.unknown) expect((await normalized(body)).length).toBeGreaterThan(0);
    });

    it("calls a body that its vendor never sends body_invalid", async () => {
      expect(await codeOf(() => normalized(message))).toBeUndefined();
      expect(await codeOf(() => normalized(options.invalid))).toBe("body_invalid");
    });

    it("never fails otherwise, whichever one value of a message is another than expected", async () => {
      for (const body of brokenOnce(message)) expect([undefined, "body_invalid"], body).toContain(await codeOf(() => normalized(body)));
    });

    it("acknowledges with a 2xx", () => {
      expect(source.acknowledge(signed).ok).toBe(true);
    });
  });
}

// the code of a refusal; any other error is shown as it is, since it is what the test is about
async function codeOf(run: () => Promise<unknown>): Promise<unknown> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return isWadeskError(error) ? error.code : error;
  }
}

function contextOf<Settings>(options: WebhookSourceContractOptions<Settings>, settings: Settings): SecretsContext<Settings> {
  const silent = (): void => undefined;
  return {
    settings: async () => settings,
    publicUrl: undefined,
    fetch: async () => {
      throw new Error("a webhook source asked the network");
    },
    now: () => NOW,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    platformSecrets: async (field) => options.platformSecrets?.(field, settings) ?? stringsOf(settings[field]),
    connectionSecrets: options.connectionSecrets ?? (async () => []),
    connectionTokens: options.connectionTokens ?? (async () => []),
    ...named(options),
  };
}

function named<Settings>({ request, message, secret }: WebhookSourceContractOptions<Settings>): { readonly parameter?: string } {
  const { parameter } = request(message, secret);
  return parameter === undefined ? {} : { parameter };
}

function stringsOf(value: unknown): readonly PlatformSecret[] {
  return (Array.isArray(value) ? value : []).map((secret) => ({ secret: String(secret) }));
}
