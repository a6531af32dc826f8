import { randomUUID } from "node:crypto";
import { checkOptions, refuseOldNode } from "@wadesk/core/ports";
import { systemClock, whileAdvancing } from "../../manual-clock.ts";
import { checked, checkFault } from "../stage/check-given.ts";
import { faultList } from "../stage/fault-list.ts";
import { type FakeServer, serve } from "../stage/serve.ts";
import { stepByHand } from "../stage/status-order.ts";
import type { FakeMeta, FakeMetaOptions } from "./fake-meta.ts";
import type { MetaFault } from "./faults.ts";
import { META_OPERATIONS } from "./graph/operation.ts";
import { answerRequest } from "./graph-door.ts";
import type { FateTools, Pace } from "./messages/fate.ts";
import { EXCHANGE } from "./signup/exchange-code.ts";
import { courier as createCourier } from "./webhooks/courier.ts";
import { emptyState } from "./world/empty-state.ts";
import { FAKE_OPTIONS, FAULTS, GIVEN, PACE } from "./world/option-kinds.ts";
import { populate } from "./world/populate.ts";

/**
 * A Meta of its own: nothing in it until apps, accounts, numbers, tokens and people are added.
 *
 * @example
 * ```ts
 * const meta = createFakeMeta();
 * const app = meta.addApp();
 * const waba = meta.addWaba();
 * const number = meta.addNumber({ wabaId: waba.id });
 * const token = meta.addToken({ appId: app.id, wabaIds: [waba.id] });
 * const server = await meta.listen();
 * ```
 */
export function createFakeMeta(options: FakeMetaOptions = {}): FakeMeta {
  refuseOldNode();
  checkOptions<FakeMetaOptions>("createFakeMeta", options, FAKE_OPTIONS);
  checkOptions<Pace>("createFakeMeta", options.pace ?? {}, PACE, "pace");
  const state = emptyState(options.clock ?? systemClock, options.randomId ?? randomUUID);
  const faults = faultList<MetaFault>();
  const courier = createCourier(state, faults, () => options.fetch ?? globalThis.fetch);
  const pace = { sentMs: 0, deliveredMs: 0, readMs: 0, replyMs: 0, ...options.pace };
  const tools: FateTools = { state, courier, faults, pace };
  const servers = new Set<FakeServer>();
  const unfollow = whileAdvancing(state.clock, courier.settled);
  const answer = (request: Request): Promise<Response | undefined> => answerRequest(tools, request);
  const fake: FakeMeta = {
    answer,
    fetch: async (request) => {
      const response = await answer(request);
      if (!response) throw new TypeError("fetch failed", { cause: new Error("the connection was closed") });
      return response;
    },
    listen: async ({ port = 0, as } = {}) => {
      const server = await serve(as === "api" ? (request) => answer(atApiHost(request)) : answer, port);
      servers.add(server);
      return server;
    },
    ...populate(tools),
    codeSentTo: (numberId) => state.numbers.get(numberId)?.verification?.code,
    notify: (wabaId, field, value) => courier.later(() => courier.notify({ wabaId, field, value, chain: field })),
    setMessageStatus: (id, status, code = 131026) =>
      stepByHand(state.tellers.get(id), { id, current: state.sent.find((each) => each.id === id)?.status, status, code }),
    fault: (fault) => {
      checkFault("createFakeMeta.fault", fault, FAULTS, [...META_OPERATIONS.map(({ name }) => name), EXCHANGE]);
      return faults.add(fault, fault.kind.startsWith("webhooks_") ? courier.release : undefined);
    },
    sent: state.sent,
    received: state.received,
    exchanges: state.exchanges,
    deliveries: courier.deliveries,
    settled: courier.settled,
    close: async () => {
      unfollow();
      courier.close();
      await Promise.all([...servers].map((server) => server.close()));
      servers.clear();
    },
  };
  return checked("createFakeMeta", fake, GIVEN);
}

function atApiHost(request: Request): Request {
  const { pathname, search } = new URL(request.url);
  return new Request(`https://api.facebook.com${pathname}${search}`, request);
}
