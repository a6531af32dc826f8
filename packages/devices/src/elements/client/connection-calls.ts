import type { WireConnection } from "../../wire/connection.ts";
import type { ConnectBody, WireLink } from "../../wire/link.ts";
import type { ListQuery, WireList } from "../../wire/list.ts";
import type { WireSetup } from "../../wire/setup.ts";
import type { Answer, Requests } from "./requests.ts";

/** What is asked and told about connections and links. */
export interface ConnectionCalls {
  setup(): Promise<Answer<WireSetup>>;
  list(query: ListQuery): Promise<Answer<WireList>>;
  connect(body: ConnectBody): Promise<Answer<WireLink>>;
  link(id: string): Promise<Answer<WireLink>>;
  reconnect(id: string, input: ConnectBody["input"]): Promise<Answer<WireLink>>;
  cancel(id: string): Promise<Answer<void>>;
  rename(id: string, label: string): Promise<Answer<WireConnection>>;
  check(id: string): Promise<Answer<WireConnection>>;
  makePrimary(id: string): Promise<Answer<WireConnection>>;
  disconnect(id: string): Promise<Answer<WireConnection>>;
  remove(id: string): Promise<Answer<void>>;
}

/** Makes them. */
export function connectionCalls({ read, change }: Requests): ConnectionCalls {
  const of = (id: string, rest = ""): string => `/connections/${encodeURIComponent(id)}${rest}`;
  return {
    setup: () => read("/setup"),
    list: (query) => read(`/connections${queryText(query)}`),
    connect: (body) => change("POST", "/connections", body),
    link: (id) => read(of(id, "/link")),
    reconnect: (id, input) => change("POST", of(id, "/link"), { input }),
    cancel: (id) => change("DELETE", of(id, "/link")),
    rename: (id, label) => change("PATCH", of(id), { label }),
    check: (id) => change("POST", of(id, "/check")),
    makePrimary: (id) => change("POST", of(id, "/primary")),
    disconnect: (id) => change("POST", of(id, "/disconnect")),
    remove: (id) => change("DELETE", of(id)),
  };
}

function queryText(query: ListQuery): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
