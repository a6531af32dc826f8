import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { loadBaileys, pathOfBaileys } from "./baileys.ts";
import { bindJobs } from "./bound-jobs.ts";

type Job = () => Promise<string | undefined>;

const requireOfBaileys = createRequire(pathOfBaileys());

/** Who two jobs of one address find that they run for, where the second was asked for while the first ran. */
async function ranFor(queue: (job: Job) => Promise<unknown>): Promise<readonly unknown[]> {
  const caller = new AsyncLocalStorage<string>();
  const job: Job = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return caller.getStore();
  };
  return Promise.all(["one", "other"].map((name) => caller.run(name, () => queue(job))));
}

it("each job of an address runs as whoever asked for it, however often Baileys was loaded", async () => {
  await loadBaileys();
  bindJobs(pathOfBaileys);
  const { SessionCipher, ProtocolAddress } = requireOfBaileys("libsignal") as {
    readonly SessionCipher: new (storage: object, address: object) => { queueJob(job: Job): Promise<unknown> };
    readonly ProtocolAddress: new (name: string, device: number) => object;
  };
  const cipherOf = () => new SessionCipher({}, new ProtocolAddress("222_1", 0));
  expect(await ranFor((job) => cipherOf().queueJob(job))).toEqual(["one", "other"]);
  const bound = SessionCipher.prototype as { readonly queueJob: unknown };
  const { queueJob } = bound;
  bindJobs(pathOfBaileys);
  expect(bound.queueJob).toBe(queueJob);
});

// where this fails, libsignal keeps to each caller by itself: then `bound-jobs.ts` can go
it("libsignal by itself runs the second as if the first had asked for it", async () => {
  const queueJob = requireOfBaileys("libsignal/src/queue_job") as (bucket: string, job: Job) => Promise<unknown>;
  expect(await ranFor((job) => queueJob("222_1.0", job))).toEqual(["one", "one"]);
});

it("where there is no Baileys nothing is done", () => {
  expect(() =>
    bindJobs(() => {
      throw new Error("nowhere");
    }),
  ).not.toThrow();
});
