// What an application's pages use: the elements, their words and their typings. A server that draws the page loads them, too.
import { strict as assert } from "node:assert";
import type { JSX } from "react";
import { WadeskDevices } from "@wadesk/devices/elements";
import { es } from "@wadesk/devices/labels/es";
import { pt } from "@wadesk/devices/labels/pt";
import type { WadeskListeners } from "@wadesk/devices/react";
import { WADESK_TAGS } from "@wadesk/devices/vue";
import type { GlobalComponents } from "vue";

assert.equal(typeof WadeskDevices, "function");
assert.notEqual(pt.list.rename, es.list.rename);

/** The tag as React knows it. */
export const inReact: JSX.IntrinsicElements["wadesk-devices"] = {
  endpoint: "/wadesk",
  "page-size": 20,
  labels: pt,
  "onwadesk-action": (event) => assert.equal(event.detail.action, "add"),
};

/** A listener by itself. */
export const listener: WadeskListeners["onwadesk-ready"] = ({ detail }) => assert.ok(detail.counts.all >= 0);

/** The tag as Vue knows it. */
export type InVue = GlobalComponents["wadesk-devices"];

/** The tag as a script finds it. */
export function labelled(page: Document): void {
  const found = page.querySelector("wadesk-devices");
  if (found !== null) found.labels = { list: { primary: "Main" } };
  found?.addEventListener("wadesk-removed", ({ detail }) => assert.ok(detail.connection.id));
  assert.equal(WADESK_TAGS, "wadesk-");
}
