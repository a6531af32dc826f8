import { quoted } from "../migrations/schema-words.ts";
import type { Line } from "../sql/database.ts";
import type { After } from "../sql/notices.ts";
import type { PostgresClient } from "./postgres-pool.ts";

const PING_EVERY_MS = 30_000;
const PING_MS = 10_000;

/** A line over a client of `pg`, which it asks now and then whether anybody is there. */
export async function clientLine(client: PostgresClient, channel: string, wake: (news: string) => void, after: After): Promise<Line> {
  const lost = Promise.withResolvers<void>();
  const heard = (message: { readonly channel: string; readonly payload?: string }): void => {
    if (message.channel === channel) wake(message.payload ?? "");
  };
  const fail = (): void => lost.resolve();
  const ask = (text: string): Promise<unknown> => client.query({ text, values: [], query_timeout: PING_MS });
  let broken = false;
  void lost.promise.then(() => {
    broken = true;
  });
  let cancel = (): void => {};
  const ping = (): void => {
    cancel = after(PING_EVERY_MS, () => void ask("select 1").then(ping, fail));
  };
  client.on("notification", heard);
  client.on("error", fail);
  client.on("end", fail);
  const leave = (destroy: boolean): void => {
    cancel();
    client.removeListener("notification", heard);
    client.removeListener("error", fail);
    client.removeListener("end", fail);
    client.release(destroy);
  };
  try {
    await ask(`listen ${quoted(channel)}`);
  } catch (error) {
    leave(true);
    throw error;
  }
  ping();
  return {
    lost: lost.promise,
    async end() {
      // goes back to the host's pool as it came
      const kept =
        !broken &&
        (await ask(`unlisten ${quoted(channel)}`).then(
          () => true,
          () => false,
        ));
      leave(!kept);
    },
  };
}
