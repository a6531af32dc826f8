import { describe, expect, it } from "vitest";
import { WadeskError } from "../errors/wadesk-error.ts";
import type { LinkStep } from "../ports/context.ts";
import { openEcho } from "../testing/open-echo.ts";

const input = { number: "+111", token: "tok-1" };

describe("connecting a number", () => {
  it("gives a connected, primary connection with the vendor's label, its region and no secret", async () => {
    const { wadesk } = openEcho();
    const connection = await wadesk.workspace("acme").connect("echo", { number: "+5511999990000", token: "tok-1" });
    expect(connection).toMatchObject({ label: "Echo +5511999990000", region: "BR", primary: true, status: { state: "connected" } });
    expect(JSON.stringify(connection)).not.toContain("tok-1");
  });

  it("shows its steps to whoever iterates, from the first, and to another process", async () => {
    const { wadesk } = openEcho();
    const linking = wadesk.workspace("acme").connect("echo", input);
    await linking;
    const steps: LinkStep[] = [];
    for await (const step of linking) steps.push(step);
    expect(steps).toEqual([
      { type: "check", name: "token", state: "running" },
      { type: "check", name: "token", state: "passed" },
      { type: "ready" },
    ]);
    expect(await wadesk.workspace("acme").steps(linking.connectionId)).toEqual(steps);
  });

  it("has a pending row from the first step, which is gone when a step fails", async () => {
    const { wadesk, vendor } = openEcho();
    const acme = wadesk.workspace("acme");
    const states: string[] = [];
    vendor.onConnect = async () => {
      states.push((await acme.list()).items[0]?.status.state ?? "none");
      throw new WadeskError("credentials_rejected");
    };
    await expect(acme.connect("echo", input)).rejects.toMatchObject({ code: "credentials_rejected" });
    expect(states).toEqual(["pending"]);
    expect((await acme.list()).items).toEqual([]);
    vendor.onConnect = async () => {};
    expect((await acme.connect("echo", input)).status.state).toBe("connected");
  });

  it("leaves nothing in the storage when it fails", async () => {
    const { wadesk, vendor, storage } = openEcho();
    vendor.onConnect = () => Promise.reject(new WadeskError("scope_missing"));
    const linking = wadesk.workspace("acme").connect("echo", input);
    await expect(linking).rejects.toMatchObject({ code: "scope_missing" });
    expect((await storage.records.scan("")).items).toEqual([]);
    expect(await storage.connections.byRoute(`pending:${linking.connectionId}`)).toBeUndefined();
  });

  it("undoes what was done at the vendor when storing fails", async () => {
    const { wadesk, vendor, storage } = openEcho();
    const update = storage.connections.update.bind(storage.connections);
    Object.assign(storage.connections, {
      update: async (...call: Parameters<typeof update>) => {
        if (call[3].status?.state === "connected") throw new Error("disk full");
        return update(...call);
      },
    });
    await expect(wadesk.workspace("acme").connect("echo", input)).rejects.toThrow("disk full");
    expect(vendor.calls).toEqual(["subscribe +111", "disconnect +111 with tok-1, siblings 0"]);
    expect((await wadesk.workspace("acme").list()).items).toEqual([]);
  });

  it("fails for whoever iterates too", async () => {
    const { wadesk, vendor } = openEcho();
    vendor.onConnect = () => Promise.reject(new WadeskError("token_expired"));
    const iterate = async (): Promise<void> => {
      for await (const _step of wadesk.workspace("acme").connect("echo", input));
    };
    await expect(iterate()).rejects.toMatchObject({ code: "token_expired" });
  });

  it("can be cancelled, and leaves nothing", async () => {
    const { wadesk, vendor } = openEcho();
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    vendor.onConnect = () => {
      reached.resolve();
      return gate.promise;
    };
    const linking = wadesk.workspace("acme").connect("echo", input);
    await reached.promise;
    const cancelling = linking.cancel();
    gate.resolve();
    await cancelling;
    await expect(linking).rejects.toMatchObject({ code: "linking_cancelled" });
    expect((await wadesk.workspace("acme").list()).items).toEqual([]);
    expect(vendor.calls).toEqual([]);
  });

  it("undoes what was done at the vendor when it is cancelled after that", async () => {
    const { wadesk, vendor } = openEcho();
    const linking = wadesk.workspace("acme").connect("echo", input);
    vendor.onSubscribed = async () => void linking.cancel();
    await expect(linking).rejects.toMatchObject({ code: "linking_cancelled" });
    expect(vendor.calls).toEqual(["subscribe +111", "disconnect +111 with tok-1, siblings 0"]);
    expect((await wadesk.workspace("acme").list()).items).toEqual([]);
  });

  it("waits for a disconnect of the same account that is under way, so that neither undoes the other", async () => {
    const { wadesk, vendor, clock } = openEcho();
    const acme = wadesk.workspace("acme");
    const first = await acme.connect("echo", { ...input, account: "A" });
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    vendor.onDisconnect = () => {
      reached.resolve();
      return gate.promise;
    };
    const ending = acme.disconnect(first.id);
    await reached.promise;
    const second = acme.connect("echo", { number: "+222", token: "tok-2", account: "A" });
    for await (const step of second) if (step.type === "check" && step.state === "passed") break;
    await clock.advance(0);
    gate.resolve();
    await Promise.all([ending, second]);
    expect(vendor.calls).toEqual(["subscribe +111", "disconnect +111 with tok-1, siblings 0", "subscribe +222"]);
  });

  it("names the field that is wrong, and trims what was pasted with white space and says so", async () => {
    const { wadesk } = openEcho();
    const acme = wadesk.workspace("acme");
    await expect(acme.connect("echo", { number: "nonsense", token: "tok-1" })).rejects.toMatchObject({
      code: "input_invalid",
      issues: [{ field: "number", code: "wrong_form", message: "must be + and digits" }],
    });
    const connection = await acme.connect("echo", { number: " +111\n", token: "tok-1 ", label: " Sales " });
    expect(connection.label).toBe("Sales");
    expect(connection.warnings).toEqual(
      ["number", "token"].map((field) => ({
        code: "space_removed",
        values: { field },
        text: `White space around ${field} was removed.`,
      })),
    );
  });

  it("refuses a number of another workspace without naming it, and one of the same with its id", async () => {
    const { wadesk } = openEcho();
    const first = await wadesk.workspace("acme").connect("echo", input);
    const refused = await wadesk
      .workspace("rival")
      .connect("echo", input)
      .then(undefined, (error: unknown) => error);
    expect(refused).toMatchObject({ code: "number_in_use" });
    expect(String(refused) + JSON.stringify(refused)).not.toMatch(/acme|con_/);
    await expect(wadesk.workspace("acme").connect("echo", input)).rejects.toThrow(first.id);
    expect((await wadesk.workspace("rival").list()).items).toEqual([]);
  });

  it("lets one of ten racing workspaces have the number", async () => {
    const { wadesk } = openEcho();
    const attempts = Array.from({ length: 10 }, (_, index) => wadesk.workspace(`w${index}`).connect("echo", { ...input, account: "A" }));
    const results = await Promise.allSettled(attempts);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  });

  it("refuses one more than the channel allows a workspace, and names reconnect", async () => {
    const { wadesk } = openEcho({ maxPerWorkspace: 1 });
    await wadesk.workspace("acme").connect("echo", input);
    const second = wadesk.workspace("acme").connect("echo", { ...input, number: "+222" });
    await expect(second).rejects.toMatchObject({ code: "limit_reached" });
    await expect(second).rejects.toThrow(/reconnect/);
  });

  it("refuses a channel that is not installed, also from plain JavaScript", async () => {
    const { wadesk } = openEcho();
    await expect(wadesk.workspace("acme").connect("other" as "echo", input)).rejects.toMatchObject({ code: "channel_not_installed" });
  });

  it.each(["", "  ", undefined])("gives no workspace for the id %j", (id) => {
    expect(() => openEcho().wadesk.workspace(id as string)).toThrow(expect.objectContaining({ code: "input_invalid" }));
  });
});
