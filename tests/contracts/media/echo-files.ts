import { systemClock } from "@wadesk/core/ports";
import type { MediaUnderTest } from "@wadesk/testing/contracts";
import { echoVendor } from "../../../packages/core/src/testing/echo-channel.ts";
import { type EchoFileHost, echoFileHost } from "../../../packages/core/src/testing/echo-file-host.ts";
import { ECHO_LARGEST, echoSocket } from "../../../packages/core/src/testing/echo-socket.ts";

const [NUMBER, OTHER] = ["+111", "+222"];

function worldOf(host: EchoFileHost): Omit<MediaUnderTest, "channel" | "input" | "otherInput"> {
  return {
    fetch: host.fetch,
    secrets: [host.tokenOf(NUMBER), host.tokenOf(OTHER)],
    receive: async (bytes) => host.receive(NUMBER, bytes),
    mishaps: {
      spoiled: () => host.fault({ kind: "spoiled" }),
      cut: (afterBytes) => host.fault({ kind: "cut", afterBytes }),
      moved: (location) => host.fault({ kind: "moved", location }),
      linkExpired: () => host.fault({ kind: "link expired" }),
      gone: async ({ id = "" }) => host.forget(id),
    },
    tellsHash: true,
    largestPicture: ECHO_LARGEST,
  };
}

/** The echo vendor asked over HTTP: a line is made for each file. */
export async function openEchoCalls(): Promise<MediaUnderTest> {
  const host = echoFileHost();
  const vendor = echoVendor({ files: "in and out" });
  vendor.largest = ECHO_LARGEST;
  const { line } = vendor.channel;
  return {
    ...worldOf(host),
    channel: {
      ...vendor.channel,
      line: (connection, context) => ({ ...line(connection, context), media: host.mediaOf(connection.phone ?? "", context.fetch) }),
    },
    input: { number: NUMBER, token: host.tokenOf(NUMBER) },
    otherInput: { number: OTHER, token: host.tokenOf(OTHER) },
  };
}

/** The echo vendor over a socket: one line stands for as long as its session. */
export async function openEchoSessions(): Promise<MediaUnderTest> {
  const host = echoFileHost();
  // a line that is kept has no context of a call; the contract's network is the fetch that its client was given
  let reached: typeof fetch = host.fetch;
  const { channel } = echoSocket({
    now: systemClock.now,
    mediaOf: (number) => host.mediaOf(number, (...call) => reached(...call)),
  });
  const { connect } = channel;
  return {
    ...worldOf(host),
    channel: {
      ...channel,
      connect(input, context) {
        reached = context.fetch;
        return connect(input, context);
      },
    },
    input: { number: NUMBER },
    otherInput: { number: OTHER },
  };
}
