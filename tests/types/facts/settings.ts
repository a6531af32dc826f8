import { one, two } from "./connect.ts";

/** Plain values are set, or taken back; secrets are added and retired. */
export const changes = [
  one.settings.change("cloud-api", { appId: "1", graphVersion: "v25.0", appSecret: { add: "x" } }),
  one.settings.change("cloud-api", { graphVersion: undefined, verifyToken: { add: "x", retire: ["option-1"] } }),
  one.settings.change("cloud-api", { appSecret: { retire: "option-1" } }),
  two.settings.change("telex", { exchange: "Berlin", keys: { add: "x" } }),
];

// @ts-expect-error a secret is not set directly
void one.settings.change("cloud-api", { appSecret: "x" });
// @ts-expect-error nor as a list
void one.settings.change("cloud-api", { appSecret: ["x"] });
// @ts-expect-error nor taken back without saying which
void one.settings.change("cloud-api", { appSecret: undefined, verifyToken: {} });
// @ts-expect-error a plain value is not added
void one.settings.change("cloud-api", { graphVersion: { add: "v25.0" } });
// @ts-expect-error a field that the channel has not
void one.settings.change("cloud-api", { exchange: "Berlin" });
// @ts-expect-error a channel that was not installed
void one.settings.change("telex", { exchange: "Berlin" });
// @ts-expect-error nor can it be put in force
void one.settings.setActiveChannel("telex");
// @ts-expect-error nor read
void one.settings.read("telex");

/** What is read shows that a secret exists, and not what it is. */
export async function reading(): Promise<void> {
  const view = await one.settings.read("cloud-api");
  const version: string = view.graphVersion;
  const [mark] = view.appSecret;
  const since: number | undefined = mark?.addedAt;
  // @ts-expect-error a secret is never read back
  const secret: string | undefined = view.appSecret[0];
  // @ts-expect-error not by a field of its mark either
  mark?.value;
  const kind: "cloud-api" = await one.settings.activeChannel();
  const either: "cloud-api" | "telex" = await two.settings.activeChannel();
  // @ts-expect-error with two channels it may be either
  const surely: "cloud-api" = await two.settings.activeChannel();
  // @ts-expect-error settings are changed by change
  view.graphVersion = [version, since, secret, kind, either, surely].join();
}
