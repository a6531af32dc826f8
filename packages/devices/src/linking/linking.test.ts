import { describe, expect, it } from "vitest";
import { openScreen } from "../testing/open-screen.ts";
import type { WireLink } from "../wire/link.ts";
import type { Problem } from "../wire/problem.ts";

const linkIn = async (response: Response): Promise<WireLink> => (await response.json()) as WireLink;
const codeIn = async (response: Response): Promise<string> => ((await response.json()) as Problem).error.code;
const input = (number: string, more: object = {}): object => ({ input: { number, token: "secret-token", ...more } });

describe("a link", () => {
  it("is begun, shows its QR as the data of a path to owners, and is connected once the phone has scanned", async () => {
    const { ask, echo } = openScreen();
    const begun = await ask("owner", "POST", "/connections", input("+111", { scan: true }));
    expect(begun.status).toBe(202);
    const { connectionId } = await linkIn(begun);
    const path = `/connections/${connectionId}/link`;
    const shown = async (who: "owner" | "member"): Promise<unknown> => (await linkIn(await ask(who, "GET", path))).steps.at(-1);
    await expect
      .poll(() => shown("owner"))
      .toMatchObject({ type: "qr", number: 1, of: 6, path: expect.stringMatching(/^M/), size: expect.any(Number) });
    expect(await shown("member")).toEqual({ type: "qr", number: 1, of: 6, expiresAt: expect.any(Number) });
    echo.scan();
    await expect.poll(async () => (await linkIn(await ask("owner", "GET", path))).state).toBe("connected");
    const { steps, connection } = await linkIn(await ask("owner", "GET", path));
    expect(JSON.stringify(steps)).not.toContain('"path"');
    expect(connection).toMatchObject({ label: "Echo +111", phone: "+111", status: { state: "connected" }, facts: { quality: "high" } });
  });

  it("shows no QR any more once its time is over", async () => {
    const { ask, clock } = openScreen();
    const { connectionId } = await linkIn(await ask("owner", "POST", "/connections", input("+111", { scan: true })));
    const path = `/connections/${connectionId}/link`;
    await expect.poll(async () => JSON.stringify((await linkIn(await ask("owner", "GET", path))).steps)).toContain('"path"');
    await clock.advance(20_001);
    expect(JSON.stringify(await linkIn(await ask("owner", "GET", path)))).not.toContain('"path"');
  });

  it("that fails says why for ten minutes, in every process, though nothing of it remains", async () => {
    const first = openScreen();
    const beside = openScreen({ beside: first });
    const begun = await first.ask("owner", "POST", "/connections", { input: { number: "+111", token: "wrong-secret" } });
    const { connectionId } = await linkIn(begun);
    const path = `/connections/${connectionId}/link`;
    await expect.poll(async () => (await linkIn(await beside.ask("member", "GET", path))).state).toBe("failed");
    const failed = await linkIn(await beside.ask("member", "GET", path));
    expect(failed).toEqual({
      connectionId,
      state: "failed",
      steps: [],
      failure: expect.objectContaining({ code: "credentials_rejected" }),
    });
    expect((await beside.ask("rival", "GET", path)).status).toBe(404);
    await first.clock.advance(10 * 60_000 + 1);
    expect((await beside.ask("member", "GET", path)).status).toBe(404);
  });

  it("that is cancelled, in whichever process, leaves nothing", async () => {
    const { ask, wadesk } = openScreen();
    const { connectionId } = await linkIn(await ask("owner", "POST", "/connections", input("+111", { scan: true })));
    expect((await ask("owner", "DELETE", `/connections/${connectionId}/link`)).status).toBe(204);
    await expect.poll(async () => (await wadesk.workspace("acme").list()).counts.all).toBe(0);
    const failed = await linkIn(await ask("owner", "GET", `/connections/${connectionId}/link`));
    expect(failed).toMatchObject({ state: "failed", failure: { code: "linking_cancelled" } });
  });

  it("with a wrong field is refused at once, with the field, its code and values", async () => {
    const { ask, wadesk } = openScreen();
    const response = await ask("owner", "POST", "/connections", { input: { number: "555", tokn: "secret-token" } });
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as Problem;
    expect(error.code).toBe("input_invalid");
    expect(error.issues?.map(({ field, code }) => [field, code])).toEqual(
      expect.arrayContaining([
        ["number", "wrong_form"],
        ["token", "required"],
      ]),
    );
    expect((await wadesk.workspace("acme").list()).counts.all).toBe(0);
  });

  it("on another channel than the one in force is for the platform's operator, who prepares a move", async () => {
    const { ask, wadesk } = openScreen();
    const body = { channel: "pager", ...input("+111") };
    const refused = await ask("owner", "POST", "/connections", body);
    expect([refused.status, await codeIn(refused)]).toEqual([403, "platform_needed"]);
    expect((await ask("operator", "POST", "/connections", body)).status).toBe(202);
    await expect.poll(async () => (await wadesk.screen.readiness("pager")).unable).toBe(0);
    const unknown = await ask("operator", "POST", "/connections", { ...body, channel: "telegram" });
    expect([unknown.status, await codeIn(unknown)]).toEqual([400, "channel_not_installed"]);
  });
});

describe("credentials", () => {
  const wrong = (number: string) => ({ input: { number, token: "wrong-secret" } });

  it("that fail answer alike, whether or not somebody else has the number", async () => {
    const { ask, wadesk } = openScreen();
    await wadesk.workspace("rival").connect("echo", { number: "+111", token: "secret-token" });
    const outcomes = await Promise.all(
      ["+111", "+222"].map(async (number) => {
        const { connectionId } = await linkIn(await ask("owner", "POST", "/connections", wrong(number)));
        const read = async (): Promise<WireLink> => linkIn(await ask("owner", "GET", `/connections/${connectionId}/link`));
        await expect.poll(async () => (await read()).state).toBe("failed");
        return { ...(await read()), connectionId: "" };
      }),
    );
    expect(outcomes[0]).toEqual(outcomes[1]);
  });

  it("are tried ten times in ten minutes for a workspace, whichever process is asked", async () => {
    const first = openScreen();
    const beside = openScreen({ beside: first });
    for (let turn = 0; turn < 10; turn += 1) {
      const { ask } = turn % 2 === 0 ? first : beside;
      expect((await ask("owner", "POST", "/connections", wrong(`+1${turn}`))).status).toBe(202);
    }
    const asked = first.echo.calls.length + beside.echo.calls.length;
    const refused = await first.ask("owner", "POST", "/connections", wrong("+20"));
    expect([refused.status, refused.headers.get("retry-after"), await codeIn(refused)]).toEqual([429, "600", "too_many_checks"]);
    expect(first.echo.calls.length + beside.echo.calls.length).toBe(asked);
    // another workspace has turns of its own
    expect((await first.ask("rival", "POST", "/connections", wrong("+21"))).status).toBe(202);
    await first.clock.advance(10 * 60_000 + 1);
    expect((await first.ask("owner", "POST", "/connections", wrong("+20"))).status).toBe(202);
  });

  it("of one account are tried ten times in ten minutes, however its number is written and whoever tries", async () => {
    const screen = openScreen();
    for (let turn = 0; turn < 5; turn += 1) {
      for (const who of ["owner", "rival"] as const)
        expect((await screen.ask(who, "POST", "/connections", wrong("+111"))).status).toBe(202);
    }
    for (const who of ["owner", "rival"] as const) {
      const refused = await screen.ask(who, "POST", "/connections", wrong("+111"));
      expect([refused.status, await codeIn(refused)]).toEqual([429, "too_many_checks"]);
    }
    expect((await screen.ask("owner", "POST", "/connections", wrong("+112"))).status).toBe(202);
  });

  it("of a reconnect count, too", async () => {
    const { ask, wadesk } = openScreen();
    const { id } = await wadesk.workspace("acme").connect("echo", { number: "+111", token: "secret-token" });
    for (let turn = 0; turn < 10; turn += 1)
      expect((await ask("owner", "POST", `/connections/${id}/link`, wrong("+111"))).status).toBe(202);
    expect((await ask("owner", "POST", `/connections/${id}/link`, wrong("+111"))).status).toBe(429);
    expect((await wadesk.workspace("acme").get(id)).status.state).toBe("connected");
  });
});
