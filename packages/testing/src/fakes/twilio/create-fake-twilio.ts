import { randomUUID } from "node:crypto";
import { checkOptions, refuseOldNode } from "@wadesk/core/ports";
import { systemClock, whileAdvancing } from "../../manual-clock.ts";
import { checked, checkFault } from "../stage/check-given.ts";
import { faultList } from "../stage/fault-list.ts";
import { type FakeServer, serve } from "../stage/serve.ts";
import { stepByHand } from "../stage/status-order.ts";
import { TWILIO_OPERATIONS } from "./api/operation.ts";
import { answerRequest, fetchFrom } from "./api-door.ts";
import type { FakeTwilio, FakeTwilioOptions } from "./fake-twilio.ts";
import type { TwilioFault } from "./faults.ts";
import type { FateTools, TwilioPace } from "./messages/fate.ts";
import { courier as createCourier } from "./webhooks/courier.ts";
import { emptyState } from "./world/empty-state.ts";
import { FAKE_OPTIONS, FAULTS, GIVEN, PACE } from "./world/option-kinds.ts";
import { write } from "./world/people.ts";
import { populate } from "./world/populate.ts";

/**
 * A Twilio of its own: nothing in it until accounts, senders and people are added.
 *
 * @example
 * ```ts
 * const twilio = createFakeTwilio();
 * const account = twilio.addAccount();
 * const sender = twilio.addSender({ accountSid: account.sid, webhook: { callbackUrl: "http://127.0.0.1:3000/webhooks/whatsapp/inbound" } });
 * const ana = twilio.addContact({ phone: "+5511999990000" });
 * const server = await twilio.listen();
 * ana.send(sender.number, "Oi");
 * ```
 */
export function createFakeTwilio(options: FakeTwilioOptions = {}): FakeTwilio {
  refuseOldNode();
  checkOptions<FakeTwilioOptions>("createFakeTwilio", options, FAKE_OPTIONS);
  checkOptions<TwilioPace>("createFakeTwilio", options.pace ?? {}, PACE, "pace");
  const state = emptyState(options.clock ?? systemClock, options.randomId ?? randomUUID);
  const faults = faultList<TwilioFault>();
  const courier = createCourier(state, faults, () => options.fetch ?? globalThis.fetch);
  const pace = { sentMs: 0, deliveredMs: 0, readMs: 0, replyMs: 0, ...options.pace };
  const tools: FateTools = {
    state,
    courier,
    faults,
    pace,
    fetching: options.fetch,
    reply: (line, contact, writes) => void write(tools, line, contact, writes),
  };
  const servers = new Set<FakeServer>();
  const unfollow = whileAdvancing(state.clock, courier.settled);
  const answer = (request: Request): Promise<Response | undefined> => answerRequest(tools, request);
  const fake: FakeTwilio = {
    answer,
    fetch: (request) => fetchFrom(tools, request),
    listen: async ({ port = 0 } = {}) => {
      const server = await serve(answer, port);
      servers.add(server);
      // from now on files of inbound messages lie where they can be had
      state.origin = server.url;
      return server;
    },
    ...populate(tools),
    setMessageStatus: (sid, status, code = 63024) =>
      stepByHand(state.tellers.get(sid), {
        id: sid,
        current: state.sent.find((each) => each.sid === sid)?.status,
        status,
        code: status === "failed" || status === "undelivered" ? code : undefined,
      }),
    fault: (fault) => {
      checkFault(
        "createFakeTwilio.fault",
        fault,
        FAULTS,
        TWILIO_OPERATIONS.map(({ name }) => name),
      );
      return faults.add(fault, fault.kind.startsWith("webhooks_") ? courier.release : undefined);
    },
    sent: state.sent,
    received: state.received,
    exchanges: state.exchanges,
    deliveries: courier.deliveries,
    alerts: state.alerts,
    settled: courier.settled,
    close: async () => {
      unfollow();
      courier.close();
      await Promise.all([...servers].map((server) => server.close()));
      servers.clear();
      state.origin = undefined;
    },
  };
  return checked("createFakeTwilio", fake, GIVEN);
}
