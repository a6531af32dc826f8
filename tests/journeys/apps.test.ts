import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createWadesk, type WadeskEvent } from "@wadesk/core";
import { sqliteStorage } from "@wadesk/storage/sqlite";
import { recordingLogger } from "@wadesk/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { echoApps, OFFERED, tokenOf } from "./world/echo-apps.ts";
import { ECHO_HEADER, type EchoNote } from "./world/echo-channel.ts";
import { FRAMEWORKS } from "./world/host-app.ts";
import { ENCRYPTION_KEYS, openWorld } from "./world/open-world.ts";

const [EU, US] = ["+4915100000001", "+15550100001"];

describe("a vendor that calls each app at a path of its own", () => {
  it.each(FRAMEWORKS)(
    "is heard on %s by the numbers of that app alone, and learns nothing of apps that are not there",
    async (framework) => {
      const { wadesk, callback } = await openWorld({ framework, extra: [echoApps()] });
      await wadesk.settings.change("echo", {
        apps: { eu: { secrets: { add: "secret-of-eu" } }, us: { secrets: { add: "secret-of-us" } } },
      });
      const acme = wadesk.workspace("acme");
      const eu = await acme.connect("echo", { number: EU, token: "tok", app: "eu" });
      const us = await acme.connect("echo", { number: US, token: "tok", app: "us" });
      const heard: string[] = [];
      wadesk.process(
        "message.received",
        (event: WadeskEvent<"message.received">) => void heard.push(`${event.data.messageId} on ${event.data.connection.id}`),
      );
      const post = async (app: string, secret: string, note: Partial<EchoNote>) => {
        const body = JSON.stringify({ to: EU, from: "+4915100000009", id: "e1", text: "Hallo", ...note });
        const answer = await fetch(new URL(`/webhooks/echo/${app}`, callback), {
          method: "POST",
          body,
          headers: { [ECHO_HEADER]: secret },
        });
        return [answer.status, await answer.text()];
      };
      expect(await post("eu", "secret-of-eu", { id: "e1" })).toEqual([200, "thanks"]);
      expect(await post("us/", "secret-of-us", { id: "e2", to: US })).toEqual([200, "thanks"]);
      expect(await post("%65u", "secret-of-eu", { id: "e3" })).toEqual([200, "thanks"]);
      // genuine, and about a number of another app
      expect(await post("us", "secret-of-us", { id: "e4" })).toEqual([200, "thanks"]);
      const wrong = await post("eu", "secret-of-us", { id: "e5" });
      expect(wrong[0]).toBe(401);
      for (const app of ["asia", "constructor", "__proto__"]) expect(await post(app, "secret-of-us", { id: "e6" })).toEqual(wrong);
      await wadesk.drain();
      expect(heard).toEqual([`e1 on ${eu.id}`, `e2 on ${us.id}`, `e3 on ${eu.id}`]);
      expect(wadesk.inbound.passedOver()).toEqual({ unowned: 0, unspoken: 1 });
    },
  );
});

describe("a signup", () => {
  it("that was begun in one process goes on in others, a question each, and its numbers are connected", async () => {
    const folder = await mkdtemp(join(tmpdir(), "wadesk-signup-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const { log, lines } = recordingLogger();
    // nothing is left of a process but what is in the file
    const inProcess = async <Result>(work: (wadesk: ReturnType<typeof open>) => Promise<Result>): Promise<Result> => {
      const wadesk = open();
      await wadesk.start();
      try {
        return await work(wadesk);
      } finally {
        await wadesk.stop();
      }
    };
    const open = () =>
      createWadesk({
        channels: [echoApps()],
        storage: sqliteStorage({ path: join(folder, "wadesk.db") }),
        encryptionKeys: ENCRYPTION_KEYS,
        log,
      });
    const ana = { userId: "ana" };
    const signup = (wadesk: ReturnType<typeof open>) => wadesk.workspace("acme").signup("echo", ana);

    const begun = await inProcess((wadesk) => signup(wadesk).begin());
    const chosen = await inProcess((wadesk) => signup(wadesk).finish(begun.state, "code-1"));
    expect(chosen.question).toEqual({ type: "choose_numbers", numbers: OFFERED });
    const proof = await inProcess((wadesk) => signup(wadesk).resume(begun.id, { type: "choose_numbers", numbers: ["n1", "n2"] }));
    expect(proof.question).toMatchObject({ type: "verification_code", sentBy: "sms" });
    const done = await inProcess((wadesk) => signup(wadesk).resume(begun.id, { type: "verification_code", code: "123-456" }));
    expect(done).toMatchObject({ at: "done", numbers: [{ state: "connected" }, { state: "connected" }] });

    await inProcess(async (wadesk) => {
      expect(await signup(wadesk).read(begun.id)).toEqual(done);
      const { items } = await wadesk.workspace("acme").list();
      expect(items.map(({ phone }) => phone)).toEqual(OFFERED.map(({ phone }) => phone));
      await expect(wadesk.workspace("acme").signup("echo", { userId: "bob" }).read(begun.id)).rejects.toMatchObject({
        code: "signup_not_found",
      });
    });
    expect(JSON.stringify([begun, chosen, proof, done, lines])).not.toContain(tokenOf("code-1"));
  });
});
