import type { AnyChannel, Wadesk } from "@wadesk/core";
import { createDevicesHandler, type DevicesPerson, type WireEvent } from "@wadesk/devices";
import { onTestFinished } from "vitest";
import { type Framework, serveHost } from "./host-app.ts";

/** An application with the screen's handler, on loopback. */
export interface DevicesApp {
  readonly origin: string;
  /** Everything that was sent to any browser. */
  readonly traffic: string[];
  /** Somebody's browser; nobody is signed in without one. */
  browser(person?: DevicesPerson): DevicesBrowser;
}

/** One browser in front of it. */
export interface DevicesBrowser {
  ask<Shape = unknown>(method: string, path: string, body?: object): Promise<{ readonly status: number; readonly value: Shape }>;
  /** Opens the stream of live events, and answers what has come so far, as it comes. */
  listen(): Promise<readonly WireEvent[]>;
}

/** Serves it on one of the frameworks; the person stands in a cookie, as a session would. */
export async function serveDevices<Channel extends AnyChannel>(wadesk: Wadesk<Channel>, framework: Framework): Promise<DevicesApp> {
  const handler = createDevicesHandler(wadesk, {
    authorize({ headers }) {
      const [, session] = /\bsession=([^;]+)/.exec(headers.get("cookie") ?? "") ?? [];
      return session === undefined ? undefined : (JSON.parse(decodeURIComponent(session)) as DevicesPerson);
    },
  });
  const host = await serveHost(handler, framework);
  onTestFinished(async () => {
    await handler.close();
    await host.close();
  });
  const traffic: string[] = [];
  return {
    origin: host.origin,
    traffic,
    browser(person) {
      const cookie = person === undefined ? {} : { cookie: `theme=dark; session=${encodeURIComponent(JSON.stringify(person))}` };
      const at = `${host.origin}/wadesk`;
      return {
        async ask(method, path, body) {
          const type = method === "GET" ? {} : { "content-type": "application/json", "sec-fetch-site": "same-origin" };
          const response = await fetch(at + path, { method, headers: { ...cookie, ...type }, ...(body && { body: JSON.stringify(body) }) });
          const text = await response.text();
          traffic.push(text, JSON.stringify([...response.headers]));
          return { status: response.status, value: (text === "" ? undefined : JSON.parse(text)) as never };
        },
        async listen() {
          const response = await fetch(`${at}/events`, { headers: cookie });
          const events: WireEvent[] = [];
          void keep(response, events, traffic).catch(() => undefined);
          return events;
        },
      };
    },
  };
}

async function keep({ body }: Response, events: WireEvent[], traffic: string[]): Promise<void> {
  let rest = "";
  for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    traffic.push(text);
    const parts = (rest + text).split("\n\n");
    rest = parts.pop() ?? "";
    for (const part of parts) if (part.startsWith("event:")) events.push(JSON.parse(part.slice(part.indexOf("data: ") + 6)) as WireEvent);
  }
}
