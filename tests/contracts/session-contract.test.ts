import type { AnyChannel, Connection } from "@wadesk/core";
import type { OpenSession, SessionContext } from "@wadesk/core/ports";
import { type SessionUnderTest, sessionContract, sessionPromises } from "@wadesk/testing/contracts";
import { describe, expect, it } from "vitest";
import { type EchoSession, type EchoSocket, echoSocket, type SocketChannel, writeTo } from "../../packages/core/src/testing/echo-socket.ts";

const TOKEN = "what-the-phone-gave";

type Context = SessionContext<Record<never, never>, { readonly number: string; readonly token?: string }>;
type Session = OpenSession<Record<never, never>>;

/** The echo vendor's side of one number; `broken` breaks each channel that is made. */
function world(broken: (channel: SocketChannel) => SocketChannel = (channel) => channel): SessionUnderTest {
  const sockets: EchoSocket[] = [];
  let isLinked = false;
  let written = 0;
  const open = (): readonly EchoSession[] => sockets.flatMap((socket) => [...socket.open.values()]);
  const channel = (): AnyChannel => {
    const socket = echoSocket({ now: Date.now });
    sockets.push(socket);
    socket.onDisconnect = async () => {
      isLinked = false;
    };
    const { connect } = socket.channel;
    return broken({
      ...socket.channel,
      async connect(input, context) {
        const connected = await connect(input, context);
        isLinked = true;
        return connected;
      },
    });
  };
  return {
    channel,
    input: { number: "+111", token: TOKEN },
    secrets: [TOKEN],
    withinMs: 300,
    to: { phone: "+4915100000001" },
    content: { kind: "text", text: "Hi" },
    vendor: {
      sessions: async () => open().length,
      taken: async () => sockets.flatMap(({ calls }) => calls).filter((call) => call.startsWith("send")).length,
      isLinked: async () => isLinked,
      async cut() {
        for (const session of open()) session.cut();
      },
      async unlink() {
        isLinked = false;
        for (const session of open()) session.cut("unlinked");
      },
      async write() {
        written += 1;
        const [session] = open();
        if (session === undefined) return "not acknowledged";
        return writeTo(session, `m${written}`, Date.now()).then(
          () => "acknowledged",
          () => "not acknowledged",
        );
      },
    },
  };
}

sessionContract("the echo vendor's socket", async () => world());

const never = (): AbortSignal => new AbortController().signal;

/** Breaks what a session is opened with. */
function hearing(change: (own: Context) => Partial<Context>): (channel: SocketChannel) => SocketChannel {
  return ({ session, ...channel }) => ({
    ...channel,
    ...(session && { session: { ...session, open: (row, context) => session.open(row, { ...context, ...change(context) }) } }),
  });
}

/** Breaks what is opened. */
function opened(change: (own: Session, row: Connection, context: Context) => Partial<Session>): (channel: SocketChannel) => SocketChannel {
  return ({ session, ...channel }) => ({
    ...channel,
    ...(session && {
      session: {
        ...session,
        async open(row, context) {
          const own = await session.open(row, context);
          return { ...own, ...change(own, row, context) };
        },
      },
    }),
  });
}

/** Hides the signal of linking. */
const linksOn = (channel: SocketChannel): SocketChannel => ({
  ...channel,
  connect: (input, context) => channel.connect(input, { ...context, signal: never() }),
});

/** Channels that break one promise each: what they do, which promise it is, and how. */
const FLAWS: readonly (readonly [string, keyof typeof sessionPromises, (channel: SocketChannel) => SocketChannel])[] = [
  [
    "does not say what its sessions are",
    "says how its sessions are shared among processes",
    ({ session, ...channel }) => ({ ...channel, ...(session && { session: { ...session, openAtOnce: 0 } }) }),
  ],
  [
    "opens what it linked itself alone",
    "opens what was linked from its records and its secret alone, and reports it alive",
    (channel) => {
      let here = false;
      const { session } = channel;
      return {
        ...channel,
        async connect(input, context) {
          here = true;
          return channel.connect(input, context);
        },
        ...(session && {
          session: { ...session, open: (row, context) => (here ? session.open(row, context) : Promise.reject(new Error("who is that?"))) },
        }),
      };
    },
  ],
  [
    "says nothing when it is open",
    "opens what was linked from its records and its secret alone, and reports it alive",
    hearing(() => ({ report: () => {} })),
  ],
  [
    "does not know when a message was taken",
    "sends, and answers the vendor's id and when it took the message",
    opened(({ line }) => ({ line: { ...line, send: async (message) => ({ ...(await line.send(message)), acceptedAt: Number.NaN }) } })),
  ],
  [
    "finds nothing when it is asked",
    "says that it is alive when it is asked",
    opened(({ line }) => ({ line: { ...line, check: async () => ({ signals: [] }) } })),
  ],
  [
    "unlinks what it closes",
    "closes without a word to the vendor, so that it opens again",
    opened(({ line, close }) => ({ close: () => line.disconnect().then(close) })),
  ],
  [
    "complains of what is closed already",
    "closes more than once without complaint",
    opened(({ close }) => {
      let closed = false;
      return {
        async close() {
          if (closed) throw new Error("it is closed");
          closed = true;
          await close();
        },
      };
    }),
  ],
  ["closes nothing", "refuses to send once it was closed, and the vendor gets nothing", opened(() => ({ close: async () => {} }))],
  ["knows no signal", "ends when its signal is aborted, and sends nothing after it", hearing(() => ({ signal: never() }))],
  [
    "looks at its signal once it is open",
    "stays closed when its signal is aborted while it is being opened",
    hearing(() => ({ signal: never() })),
  ],
  [
    "sends whether its keys were written or not",
    "sends nothing while what it keeps cannot be written",
    hearing(({ records }) => ({ records: { ...records, set: (changes) => records.set(changes).catch(() => {}) } })),
  ],
  [
    "keeps to itself that it was cut off",
    "tells that it was cut off, and ends",
    hearing(({ report }) => ({ report: (health) => (health.type === "closed" ? undefined : report(health)) })),
  ],
  ["never ends", "tells that it was cut off, and ends", opened(() => ({ ended: new Promise(() => {}) }))],
  [
    "takes an unlinking for a lost network",
    "tells that its number was unlinked, which no opening helps",
    hearing(({ report }) => ({ report: (health) => report(health.type === "closed" ? { ...health, reason: "connection_lost" } : health) })),
  ],
  [
    "hands over what comes in as another number's",
    "hands over what comes in, once and as its own number's",
    hearing(({ receive }) => ({ receive: (events) => receive(events.map((event) => ({ ...event, route: "socket:+999" }))) })),
  ],
  [
    "hands over everything twice",
    "hands over what comes in, once and as its own number's",
    hearing(({ receive }) => ({ receive: (events) => receive([...events, ...events]) })),
  ],
  [
    "acknowledges before it is stored",
    "takes nothing for delivered that could not be stored",
    hearing(({ receive }) => ({ receive: (events) => receive(events).catch(() => {}) })),
  ],
  [
    "forgets to unlink",
    "unlinks its number when it is disconnected",
    opened(({ line }) => ({ line: { ...line, disconnect: async () => {} } })),
  ],
  ["links though nobody wants it any more", "links nothing when the attempt is cancelled meanwhile, and leaves nothing open", linksOn],
  ["forgets the signal of linking once it is linked", "goes on with the session that linking opened, until its signal is aborted", linksOn],
  [
    "logs what it is linked with",
    "shows nothing of what it is linked with",
    opened((_own, _row, { log, secret }) => {
      log.info({ secret }, "opened");
      return {};
    }),
  ],
];

describe("the session contract", () => {
  it.each(FLAWS)("is failed by a channel that %s: %s", async (_flaw, promise, broken) => {
    const fault = await sessionPromises[promise]?.(world(broken)).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(fault).toBeInstanceOf(Error);
    // it fails because it was found out, not because the channel stumbles
    expect(fault).not.toBeInstanceOf(TypeError);
  });

  it("has a channel that breaks each of its promises", () => {
    expect(new Set(FLAWS.map(([, promise]) => promise))).toEqual(new Set(Object.keys(sessionPromises)));
  });
});
