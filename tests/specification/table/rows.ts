import type { OperationDemand } from "@wadesk/testing";
import { isNode, type Node } from "../file/patch.ts";
import type { Specification } from "../specification.ts";
import { mutationsOf } from "./mutations.ts";
import { photoForm, type World } from "./world.ts";

/** A valid request of an operation, in parts, so that each can be broken. */
export interface Plan {
  readonly name: string;
  readonly demand: OperationDemand;
  readonly version: string;
  /** Below the version. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly token: string | undefined;
  /** JSON, text that claims to be JSON, or a form. */
  readonly body: unknown;
}

/** How Meta refuses: with these statuses and codes. */
export interface Refusal {
  readonly statuses: readonly number[];
  readonly codes: readonly number[];
}

/** A request with one thing broken, and how it must be refused. */
export interface Row extends Plan {
  readonly refusal: Refusal;
}

const BAD_TOKEN: Refusal = { statuses: [401], codes: [190] };
const NO_OBJECT: Refusal = { statuses: [400], codes: [100] };
const GONE: Refusal = { statuses: [404], codes: [100] };
const PARAMETER: Refusal = { statuses: [400], codes: [100] };
const CONTENT: Refusal = { statuses: [400], codes: [100, 131008, 131009] };
const TEMPLATE: Refusal = { statuses: [400, 404], codes: [...CONTENT.codes, 132000, 132001, 132005, 132012] };

/** The ids of a world by the names that paths use. */
export function idsOf({ appId, businessId, wabaId, numberId, mediaId }: World): Record<string, string> {
  return { "{App-ID}": appId, "{Business-ID}": businessId, "{WABA-ID}": wabaId, "{Phone-Number-ID}": numberId, "{Media-ID}": mediaId };
}

/** A plan as a request. */
export function requestOf({ demand, version, path, query, token, body }: Plan): Request {
  const url = new URL(path, demand.host === "api" ? "https://api.facebook.com" : "https://graph.facebook.com");
  if (version !== "") url.pathname = `/${version}${url.pathname}`;
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const headers = new Headers(token === undefined ? {} : { authorization: `Bearer ${token}` });
  if (body === undefined || body instanceof FormData) return new Request(url, { method: demand.method, headers, ...(body && { body }) });
  headers.set("content-type", "application/json");
  return new Request(url, { method: demand.method, headers, body: typeof body === "string" ? body : JSON.stringify(body) });
}

/** Every row of a plan: who asks, for what, with which parameters and with what content. */
export function rowsOf(specification: Specification, world: World, plan: Plan): Row[] {
  return [...accessRows(world, plan), ...pathRows(world, plan), ...queryRows(specification, plan), ...bodyRows(specification, plan)];
}

function accessRows(world: World, plan: Plan): Row[] {
  const { demand } = plan;
  const row = (name: string, token: string | undefined, refusal: Refusal): Row => ({
    ...plan,
    name: `${plan.name}, ${name}`,
    token,
    refusal,
  });
  const rows = [
    row("no token", undefined, { statuses: [401], codes: [104] }),
    row("an unknown token", "EAAunknown", BAD_TOKEN),
    row("an expired token", world.tokens.expired, BAD_TOKEN),
    row("a token of another app", world.tokens.otherApp, NO_OBJECT),
  ];
  if (demand.scopes.length > 0) {
    rows.push(row("a token for another account", world.tokens.otherWaba, NO_OBJECT));
    rows.push(
      row(`a token without ${demand.scopes.join(" and ")}`, world.tokenWithout(demand.scopes), { statuses: [403], codes: [10, 200] }),
    );
  }
  return rows;
}

function pathRows(world: World, plan: Plan): Row[] {
  const rows: Row[] = [];
  const add = (name: string, change: Partial<Plan>, refusal: Refusal): void =>
    void rows.push({ ...plan, ...change, name: `${plan.name}, ${name}`, refusal });
  // where a file lies has no version
  if (plan.version !== "") {
    for (const version of ["v1.0", "v99.0", "23.0", ""]) add(`version "${version}"`, { version }, { statuses: [400], codes: [2500] });
  }
  for (const [name, value] of new URL(plan.path, "https://graph.facebook.com").searchParams) {
    add(
      `another ${name}`,
      { path: plan.path.replace(encodeURIComponent(value), `${value.slice(0, -1)}${value.endsWith("0") ? 1 : 0}`) },
      GONE,
    );
  }
  const [placeholder] = /\{[^}]+-ID\}/.exec(plan.demand.name) ?? [];
  if (placeholder === undefined) return rows;
  const ids = idsOf(world);
  const id = ids[placeholder] ?? "";
  const others = Object.entries(ids).filter(([name]) => name !== placeholder && plan.demand.edge !== undefined);
  for (const other of ["999999999999999", ...others.map(([, value]) => value)]) {
    add(`id ${other}`, { path: plan.path.replace(id, other) }, NO_OBJECT);
  }
  add("an id that is none", { path: plan.path.replace(id, "bakery") }, { statuses: [400, 404], codes: [100, 803] });
  return rows;
}

function queryRows(specification: Specification, plan: Plan): Row[] {
  const rows: Row[] = [];
  const set = (name: string, value: string | undefined): void => {
    const { [name]: _, ...rest } = plan.query;
    const query = value === undefined ? rest : { ...rest, [name]: value };
    rows.push({ ...plan, name: `${plan.name}, ${name}=${value ?? "missing"}`, query, refusal: PARAMETER });
  };
  for (const { name, in: place, schema, required } of specification.operations.get(plan.demand.name)?.parameters ?? []) {
    if (place !== "query") continue;
    if (required) set(name, undefined);
    if (schema.enum) set(name, "unheard_of");
    if (schema.type === "integer") set(name, "ten");
    if (typeof schema.minimum === "number") set(name, String(schema.minimum - 1));
    if (typeof schema.maximum === "number") set(name, String(schema.maximum + 1));
    if (name === "fields") set(name, "id,unheard_of");
    if (name === "phone_number_id") set(name, "999999999999999");
  }
  return rows;
}

function bodyRows(specification: Specification, plan: Plan): Row[] {
  const { demand, body } = plan;
  if (body === undefined) return [];
  const row = (name: string, value: unknown, refusal: Refusal): Row => ({ ...plan, name: `${plan.name}, ${name}`, body: value, refusal });
  if (body instanceof FormData) return formRows(row);
  const template = isNode(body) && body.type === "template";
  const rows = ["{", "7", "[]", '"text"'].map((text) => row(`the body ${text}`, text, PARAMETER));
  const schema = schemaFor(specification, plan);
  for (const { name, value } of mutationsOf(specification.document, schema, body)) {
    const reasons = specification.bodyReasons(demand.name, value);
    if (reasons.length > 0) rows.push(row(name, value, template ? TEMPLATE : CONTENT));
  }
  return rows;
}

function schemaFor({ document, operations }: Specification, { demand, body }: Plan): Node {
  const schema = operations.get(demand.name)?.body ?? {};
  const { schemas } = document.components as { schemas: { Message: { discriminator: { mapping: Record<string, string> } } } };
  const type = isNode(body) && typeof body.type === "string" ? schemas.Message.discriminator.mapping[body.type] : undefined;
  return demand.edge === "messages" && type !== undefined ? { $ref: type } : schema;
}

// a form has no schema worth breaking in the file: each field is left out, and the product and the type are made up
function formRows(row: (name: string, value: unknown, refusal: Refusal) => Row): Row[] {
  const changed = (change: (form: FormData) => void): FormData => {
    const form = photoForm();
    change(form);
    return form;
  };
  const made = (name: string, change: (form: FormData) => void): Row => row(name, changed(change), PARAMETER);
  return [
    made("no product", (form) => form.delete("messaging_product")),
    made("another product", (form) => form.set("messaging_product", "messenger")),
    made("no file", (form) => form.delete("file")),
    made("a file that is text", (form) => form.set("file", "bread.jpg")),
    made("an empty file", (form) => form.set("file", new File([], "bread.jpg", { type: "image/jpeg" }))),
    made("a type that cannot be sent", (form) => form.set("type", "application/x-bakery")),
    made("an unheard of field", (form) => form.set("unheard_of", "1")),
  ];
}
