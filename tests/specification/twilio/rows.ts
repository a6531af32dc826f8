import { isNode, type Node, valueAt } from "../file/patch.ts";
import { mutationsOf } from "../table/mutations.ts";
import type { TwilioSpecification } from "./specification.ts";
import type { TwilioPlan, TwilioWorld } from "./world.ts";

/** A request with one thing broken, and how Twilio refuses it. */
export interface TwilioRow extends TwilioPlan {
  readonly status: number;
  readonly codes: readonly number[];
}

/** What a broken field of a message is refused with; 20001 where Twilio documents no code of its own. */
const FIELD_CODES: Readonly<Record<string, readonly number[]>> = {
  To: [21604, 21211, 21910, 63031],
  From: [21603, 63007, 21910],
  FallbackFrom: [21212],
  Body: [21617, 21619],
  MediaUrl: [21620, 21619],
  ContentSid: [21655, 21654, 21619],
  StatusCallback: [21609],
  MaxPrice: [21627],
  ValidityPeriod: [21624],
  MessagingServiceSid: [21705],
};
const SENDER_CODES = [63100];
const PARAMETER = [20001];

/** Every row of a plan: who asks, for what, with which parameters and with what content. */
export function rowsOf(specification: TwilioSpecification, world: TwilioWorld, plan: TwilioPlan): TwilioRow[] {
  return [...credentialRows(world, plan), ...pathRows(world, plan), ...queryRows(specification, plan), ...bodyRows(specification, plan)];
}

function credentialRows({ account, stranger }: TwilioWorld, plan: TwilioPlan): TwilioRow[] {
  const row = (name: string, credentials: string | undefined, status = 401, code = 20003): TwilioRow => ({
    ...plan,
    name: `${plan.name}, ${name}`,
    credentials,
    status,
    codes: [code],
  });
  const rows = [
    row("no credentials", undefined),
    row("a wrong token", `${account.sid}:${account.authToken.slice(1)}0`),
    row("an empty token", `${account.sid}:`),
    row("an unknown account", `AC${"f".repeat(32)}:${account.authToken}`),
    row("another account's token", `${account.sid}:${stranger.authToken}`),
  ];
  // what names no object of the account's is answered to anybody, with their own
  if (/\{\w*Sid\}/.test(plan.operation)) rows.push(row("a stranger's credentials", `${stranger.sid}:${stranger.authToken}`, 404, 20404));
  return rows;
}

function pathRows({ own, strangers }: TwilioWorld, plan: TwilioPlan): TwilioRow[] {
  const rows: TwilioRow[] = [];
  for (const [name, sid] of Object.entries(own)) {
    if (!plan.path.includes(sid)) continue;
    const others = [strangers[name] ?? "", `${sid.slice(0, 2)}${"0".repeat(32)}`, sid.slice(0, -1), "bakery"];
    for (const other of others) {
      rows.push({ ...plan, name: `${plan.name}, ${name} ${other}`, path: plan.path.replace(sid, other), status: 404, codes: [20404] });
    }
  }
  return rows;
}

function queryRows(specification: TwilioSpecification, plan: TwilioPlan): TwilioRow[] {
  const rows: TwilioRow[] = [];
  const set = (name: string, value: string | undefined): void => {
    const { [name]: _, ...rest } = plan.query;
    const query = value === undefined ? rest : { ...rest, [name]: value };
    rows.push({ ...plan, name: `${plan.name}, ${name}=${value ?? "missing"}`, query, status: 400, codes: PARAMETER });
  };
  for (const { name, in: place, schema, required } of specification.operations.get(plan.operation)?.parameters ?? []) {
    if (place !== "query") continue;
    if (required) set(name, undefined);
    if (schema.enum) set(name, "unheard_of");
    if (schema.type === "integer") set(name, "ten");
    if (schema.format === "date-time") set(name, "soon");
    if (schema.format === "phone-number") set(name, "nobody at all");
    if (typeof schema.minimum === "number") set(name, String(schema.minimum - 1));
    if (typeof schema.maximum === "number") set(name, String(schema.maximum + 1));
  }
  return rows;
}

function bodyRows(specification: TwilioSpecification, plan: TwilioPlan): TwilioRow[] {
  const root = specification.documentOf(plan.operation);
  const schema = schemaOf(root, plan.operation);
  if (!root || !schema) return [];
  const refused = (value: unknown): boolean => specification.bodyReasons(plan.operation, value).length > 0;
  if (plan.json !== undefined) {
    const texts = ["{", "7", "[]", '"text"', ""].map((json) => ({
      ...plan,
      name: `${plan.name}, the body ${json}`,
      json,
      status: 400,
      codes: SENDER_CODES,
    }));
    const mutated = mutationsOf(root, schema, plan.json).filter(({ value }) => refused(value));
    return [
      ...texts,
      ...mutated.map(({ name, value }) => ({ ...plan, name: `${plan.name}, ${name}`, json: value, status: 400, codes: SENDER_CODES })),
    ];
  }
  if (!plan.form) return [];
  const { form } = plan;
  const mutated = [...mutationsOf(root, schema, form), ...typeMutations(root, schema, form)];
  return mutated
    .filter(({ value }) => isNode(value) && Object.values(value).every((field) => typeof field === "string") && refused(value))
    .map(({ name, value }) => {
      const field = /at \/(\w+)$/.exec(name)?.[1] ?? "";
      return { ...plan, name: `${plan.name}, ${name}`, form: value as Node, status: 400, codes: FIELD_CODES[field] ?? PARAMETER };
    });
}

/** In a form everything is text: what a field's type refuses is a text too. */
function typeMutations(root: Node, schema: Node, form: Node): { readonly name: string; readonly value: Node }[] {
  const properties = (isNode(schema.properties) ? schema.properties : {}) as Record<string, Node>;
  return Object.keys(form).flatMap((name) => {
    const { $ref, ...plain } = properties[name] ?? {};
    const rules = typeof $ref === "string" ? (valueAt(root, $ref.slice(1)) as Node) : plain;
    const broken = rules.type === "boolean" ? "maybe" : rules.type === "integer" || rules.type === "number" ? "ten" : undefined;
    return broken === undefined ? [] : [{ name: `wrong type at /${name}`, value: { ...form, [name]: broken } }];
  });
}

function schemaOf(root: Node | undefined, operation: string): Node | undefined {
  const [method = "", path = ""] = operation.split(" ");
  const item = root && (root.paths as Record<string, Node>)[path];
  const content = valueAt(item, `/${method.toLowerCase()}/requestBody/content`);
  const first = isNode(content) ? Object.values(content)[0] : undefined;
  const schema = isNode(first) ? first.schema : undefined;
  if (!isNode(schema)) return undefined;
  return typeof schema.$ref === "string" ? (valueAt(root, schema.$ref.slice(1)) as Node) : schema;
}
