import type { AnyChannel, Wadesk } from "@wadesk/core";
import { createDevicesHandler, type DevicesPerson } from "@wadesk/devices";
import { onTestFinished } from "vitest";

/** Who may be signed in. */
export const PEOPLE = {
  owner: { workspaceId: "acme", userId: "ana", role: "owner" },
  member: { workspaceId: "acme", userId: "ben", role: "member" },
  operator: { workspaceId: "acme", userId: "olga", role: "owner", platform: true },
} as const satisfies Readonly<Record<string, DevicesPerson>>;

/** The real handler in front of a client, with somebody signed in: what a page of that person asks is answered. */
export function devicesApp<Channel extends AnyChannel>(
  wadesk: Wadesk<Channel>,
): (who: keyof typeof PEOPLE) => (request: Request) => Promise<Response> {
  const handler = createDevicesHandler(wadesk, { authorize: (request) => PEOPLE[request.headers.get("x-who") as keyof typeof PEOPLE] });
  onTestFinished(() => handler.close());
  return (who) => (request) => {
    const asked = new Headers(request.headers);
    asked.set("x-who", who);
    return handler(new Request(request, { headers: asked }));
  };
}
