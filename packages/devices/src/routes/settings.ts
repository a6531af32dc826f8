import type { ScreenChannel, SettingsForm } from "@wadesk/core/ports";
import { noticeOf } from "../cards/card-of.ts";
import type { Desk } from "../desk.ts";
import { answer } from "../refusal.ts";
import {
  type ActiveBody,
  activeBody,
  allSettings,
  changed,
  findings,
  readiness,
  type SettingsBody,
  settings,
  settingsBody,
  type WireSettings,
  type WireSettingsForm,
} from "../wire/settings.ts";
import { addressesOf, checkAddresses } from "./addresses.ts";
import { done, type Route, route } from "./route.ts";

/** What holds for the whole platform: its operator's alone. */
export const SETTINGS_ROUTES: readonly Route[] = [
  route({
    id: "getAllSettings",
    method: "GET",
    path: "/settings",
    needs: "platform",
    summary: "The settings of every installed channel, their secrets as marks",
    answers: { status: 200, schema: allSettings },
    async run({ desk }) {
      const active = await desk.client.settings.activeChannel();
      const { channels } = desk.client.screen;
      return answer({ channel: active, channels: await Promise.all(channels.map(({ kind }) => settingsOf(desk, kind, active))) });
    },
  }),
  route<unknown, ActiveBody>({
    id: "setActiveChannel",
    method: "PUT",
    path: "/settings",
    needs: "platform",
    summary: "Puts another channel in force, for every workspace",
    body: activeBody,
    answers: { status: 204, schema: "nothing" },
    async run({ desk, body }) {
      await desk.client.settings.setActiveChannel(body.channel);
      return done();
    },
  }),
  route({
    id: "getSettings",
    method: "GET",
    path: "/settings/{channel}",
    needs: "platform",
    summary: "The settings of one channel, their secrets as marks",
    answers: { status: 200, schema: settings },
    run: async ({ desk, name }) => answer(await settingsOf(desk, name)),
  }),
  route<unknown, SettingsBody>({
    id: "changeSettings",
    method: "PATCH",
    path: "/settings/{channel}",
    needs: "platform",
    summary: "Changes what is named, all of it or nothing",
    body: settingsBody,
    answers: { status: 200, schema: changed },
    async run({ desk, name, body }) {
      const { notes } = await desk.client.settings.change(name, withoutNulls(body.change) as never);
      return answer({ settings: await settingsOf(desk, name), notes: notes.map(noticeOf) });
    },
  }),
  route({
    id: "getReadiness",
    method: "GET",
    path: "/settings/{channel}/readiness",
    needs: "platform",
    summary: "How many workspaces could not send if this channel were in force; reads every connection once",
    answers: { status: 200, schema: readiness },
    async run({ desk, name }) {
      const { workspaces, unable, numbers } = await desk.client.screen.readiness(name);
      return answer({ channel: name, workspaces, unable, numbers });
    },
  }),
  route({
    id: "checkSettings",
    method: "POST",
    path: "/settings/{channel}/check",
    needs: "platform",
    summary: "Tries what is set: secrets with the vendor, and the callback addresses through the public URL; nothing is changed",
    answers: { status: 200, schema: findings },
    asksVendor: true,
    async run({ desk, name }) {
      const [tried, addresses] = await Promise.all([desk.client.settings.probe(name), checkAddresses(desk, name)]);
      return answer({ findings: [...tried.map(({ check, ok, ...notice }) => ({ check, ok, ...noticeOf(notice) })), ...addresses] });
    },
  }),
];

async function settingsOf(desk: Desk, kind: string, active?: string): Promise<WireSettings> {
  const { client } = desk;
  const [values, missing, inForce] = await Promise.all([
    client.settings.read(kind),
    client.screen.missing(kind),
    active ?? client.settings.activeChannel(),
  ]);
  const channel = client.screen.channels.find((each) => each.kind === kind);
  return {
    channel: kind,
    active: kind === inForce,
    values: values as Readonly<Record<string, unknown>>,
    ...(await formOf(channel?.settings)),
    groups: await groupsOf(channel),
    missing,
    addresses: addressesOf(desk, kind),
  };
}

async function groupsOf(channel: ScreenChannel | undefined): Promise<WireSettings["groups"]> {
  const groups = Object.entries(channel?.settings.groups ?? {});
  return Object.fromEntries(
    await Promise.all(groups.map(async ([name, group]) => [name, { ...(await formOf(group)), required: group.required }] as const)),
  );
}

async function formOf(of: SettingsForm | undefined): Promise<WireSettingsForm> {
  const form = await of?.form();
  return { ...(form && { form }), secrets: of?.secrets ?? [] };
}

// JSON has no word for what is not there
function withoutNulls(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).map(([field, each]) => [field, withoutNull(each)]));
}

function withoutNull(value: unknown): unknown {
  if (value === null) return undefined;
  return typeof value === "object" && !Array.isArray(value) ? withoutNulls(value as Readonly<Record<string, unknown>>) : value;
}
