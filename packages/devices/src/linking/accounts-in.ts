import type { JsonSchema, ScreenChannel } from "@wadesk/core/ports";

/** The accounts whose credentials an input would try, by the fields that the channel's form marks for it; each is told apart from the same text of another channel. */
export async function accountsIn(channel: ScreenChannel, input: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const { properties = {} } = ((await channel.form()) ?? {}) as { readonly properties?: Readonly<Record<string, JsonSchema>> };
  return Object.entries(properties).flatMap(([field, schema]) => {
    const value = input[field];
    const text = typeof value === "string" || typeof value === "number" ? String(value).replaceAll(/[\s().-]/g, "") : "";
    return schema["x-account"] === true && text !== "" ? [`${channel.kind} ${field} ${text}`] : [];
  });
}
