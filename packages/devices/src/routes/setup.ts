import type { ScreenChannel } from "@wadesk/core/ports";
import type { Desk } from "../desk.ts";
import { answer } from "../refusal.ts";
import { setup, type WireChannel } from "../wire/setup.ts";
import { addressesOf } from "./addresses.ts";
import { type Route, route } from "./route.ts";

/** What a screen begins with, and what the handler says of itself. */
export const SETUP_ROUTES: readonly Route[] = [
  route({
    id: "getSetup",
    method: "GET",
    path: "/setup",
    needs: "member",
    summary: "Who is here, which channel is in force, and the forms by which numbers are connected",
    answers: { status: 200, schema: setup },
    async run({ desk, person }) {
      const { screen, settings } = desk.client;
      const active = await settings.activeChannel();
      const shown = screen.channels.filter(({ kind }) => person.platform === true || kind === active);
      return answer({
        now: screen.now(),
        role: person.role,
        platform: person.platform === true,
        channel: active,
        channels: await Promise.all(shown.map((channel) => channelOf(desk, channel, person.workspaceId))),
      });
    },
  }),
  route({
    id: "describe",
    method: "GET",
    path: "/openapi.json",
    needs: "member",
    summary: "This description",
    answers: { status: 200, schema: "document" },
    run: async ({ document }) => answer(await document()),
  }),
];

async function channelOf(
  desk: Desk,
  { kind, maxPerWorkspace, linksPhone, hasPrimary, form: read }: ScreenChannel,
  workspaceId: string,
): Promise<WireChannel> {
  const [form, { signup, lent, choices }] = await Promise.all([read(), desk.client.screen.offers(kind, workspaceId)]);
  return {
    kind,
    ...(maxPerWorkspace !== undefined && { maxPerWorkspace }),
    linksPhone,
    hasPrimary,
    hasSignup: signup,
    lent,
    ...(Object.keys(choices).length > 0 && { choices }),
    ...(form && { form }),
    addresses: addressesOf(desk, kind),
  };
}
