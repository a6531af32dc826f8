import { type CloudApiDetails, cloudApi } from "@wadesk/cloud-api";
import { type Connection, createWadesk } from "@wadesk/core";
import { type Channel, lazySchema } from "@wadesk/core/ports";

interface TelexInput {
  readonly line: number;
}
interface TelexSettings {
  readonly exchange: string;
  readonly keys: readonly string[];
}
type Telex = Channel<"telex", TelexInput, { readonly line: number }, { readonly key: string }, TelexSettings>;
declare const telex: Telex;

const encryptionKeys = process.env.WADESK_ENCRYPTION_KEYS;
const input = { phoneNumberId: "1", wabaId: "2", accessToken: "EAA" };

/** One channel, and two. */
export const one = createWadesk({ channels: [cloudApi()], encryptionKeys });
export const two = createWadesk({ channels: [cloudApi(), telex], encryptionKeys, activeChannel: "telex" });
const [acme, both] = [one.workspace("acme"), two.workspace("acme")];

// @ts-expect-error without channels there is nothing to make
createWadesk({ encryptionKeys });
// @ts-expect-error the keys must be given, be it as undefined
createWadesk({ channels: [cloudApi()] });
// @ts-expect-error a channel in force that is not installed
createWadesk({ channels: [cloudApi()], encryptionKeys, activeChannel: "telex" });
// @ts-expect-error options are closed
createWadesk({ channels: [cloudApi()], encryptionKeys, chanels: [] });
// @ts-expect-error so are the channel's own
cloudApi({ appsecret: "x" });

/** What fits compiles: with and without the optional fields. */
export const connections = [acme.connect("cloud-api", input), both.connect("cloud-api", { ...input, businessId: "3", label: "Shop" })];
export const line = both.connect("telex", { line: 7 });

// @ts-expect-error an input without its token
acme.connect("cloud-api", { phoneNumberId: "1", wabaId: "2" });
// @ts-expect-error an id that is a number
acme.connect("cloud-api", { ...input, phoneNumberId: 1 });
// @ts-expect-error a field that the channel does not take
acme.connect("cloud-api", { ...input, pins: "123456" });
// @ts-expect-error a channel that was not installed
acme.connect("telex", { line: 7 });
// @ts-expect-error one that nobody knows
both.connect("pigeon", {});
// @ts-expect-error the input of another channel
both.connect("telex", input);
// @ts-expect-error and the other way round
both.connect("cloud-api", { line: 7 });
// @ts-expect-error reconnecting takes the channel's input too
both.reconnect("con_1", "telex", input);
// @ts-expect-error and no label, which stays
acme.reconnect("con_1", "cloud-api", { ...input, label: "Shop" });

/** A connection being made is a promise, wherever one is asked for. */
export const promised: Promise<Connection<CloudApiDetails>> = acme
  .connect("cloud-api", input)
  .catch(() => acme.connect("cloud-api", input))
  .finally(() => undefined);
export const straight: Promise<Connection<CloudApiDetails>> = acme.connect("cloud-api", input);

/** Details are the channel's own. */
export async function details(): Promise<void> {
  const connection: Connection<CloudApiDetails> = await acme.connect("cloud-api", input);
  const rating: string | undefined = connection.details.qualityRating;
  const { line: number }: { readonly line: number } = (await line).details;
  // @ts-expect-error what only the other channel knows
  (await line).details.qualityRating;
  // @ts-expect-error a connection that was looked up may be of any channel
  (await acme.get("con_1")).details.qualityRating;
  // @ts-expect-error nothing of a connection is changed by hand
  connection.label = rating ?? String(number);
  // @ts-expect-error a connection holds no secret
  connection.secret;
}

/** A channel is made of its parts. */
export const schema: Telex["input"] = lazySchema<TelexInput>(() => Promise.reject(new Error("never loaded")));
