import { z } from "zod";
import { connection } from "../wire/connection.ts";
import { event } from "../wire/event.ts";
import { connectBody, link, reconnectBody, renameBody, step } from "../wire/link.ts";
import { counts, list } from "../wire/list.ts";
import { failure, problem } from "../wire/problem.ts";
import { activeBody, allSettings, changed, findings, readiness, settings, settingsBody } from "../wire/settings.ts";
import { channel, setup } from "../wire/setup.ts";
import { beginBody, begun, finishBody, resumeBody, signup } from "../wire/signup.ts";

// every schema that has a name of its own in the description
const NAMED: Readonly<Record<string, z.ZodType>> = {
  Connection: connection,
  Counts: counts,
  List: list,
  Event: event,
  Step: step,
  Link: link,
  Connect: connectBody,
  Reconnect: reconnectBody,
  Rename: renameBody,
  Failure: failure,
  Problem: problem,
  Setup: setup,
  Channel: channel,
  Settings: settings,
  AllSettings: allSettings,
  SettingsChange: settingsBody,
  SettingsChanged: changed,
  ActiveChannel: activeBody,
  Readiness: readiness,
  Findings: findings,
  SignupBegin: beginBody,
  SignupBegun: begun,
  SignupFinish: finishBody,
  SignupResume: resumeBody,
  Signup: signup,
};

/** Where a named schema stands in the description. */
export function refTo(schema: z.ZodType): { readonly $ref: string } {
  const name = Object.keys(NAMED).find((each) => NAMED[each] === schema);
  if (name === undefined) throw new TypeError("a schema of a route has no name in NAMED");
  return { $ref: uriOf(name) };
}

/** All of them as JSON Schema. */
export function components(): Readonly<Record<string, object>> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: uriOf, target: "draft-2020-12" });
  return Object.fromEntries(Object.entries(schemas).map(([name, { $schema: _dialect, $id: _place, ...schema }]) => [name, schema]));
}

function uriOf(name: string): string {
  return `#/components/schemas/${name}`;
}
