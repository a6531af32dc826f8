import { isWadeskError, type SignupNumber, WadeskError } from "@wadesk/core";
import type { ChannelSignup, SignupContext, SignupTurn } from "@wadesk/core/ports";
import type { MagpieSettings } from "./apps.ts";
import { appOf, callMagpie } from "./call-magpie.ts";
import type { MagpieInput } from "./schemas.ts";

interface Line extends SignupNumber {
  readonly locked: boolean;
}

/** What one call leaves to the next, which may come to another process. Core seals it. */
interface Kept {
  readonly app: string;
  readonly token: string;
  readonly lines: readonly Line[];
  /** What was chosen, and of these what still wants its PIN. */
  readonly chosen: readonly Line[];
  readonly locked: readonly Line[];
}

// #region dialog
/** Magpie's dialog, in which a person lets the platform use lines of theirs. */
export const magpieDialog: ChannelSignup<MagpieInput, MagpieSettings> = {
  async begin(state, context) {
    const [app] = Object.keys((await context.settings()).apps);
    if (app === undefined) throw new WadeskError("configuration_invalid", { detail: "set an app of Magpie first" });
    const url = `${(await appOf(context, app)).apiUrl}/dialog?state=${encodeURIComponent(state)}`;
    return { opening: { type: "url", url }, kept: { app } };
  },

  async finish(code, kept, context) {
    const { app } = kept as Pick<Kept, "app">;
    const { token, lines } = await checked(context, "code", () =>
      callMagpie(context, { app, method: "POST", path: ["tokens"], body: { code } }),
    );
    const found = lines as readonly Line[];
    const numbers = found.map(({ id, label, phone }) => ({ id, label, ...(phone !== undefined && { phone }) }));
    return { question: { type: "choose_numbers", numbers }, kept: { app, token, lines: found, chosen: [], locked: [] } };
  },

  async resume(answer, _question, kept, context) {
    const known = kept as Kept;
    if (answer.type === "choose_numbers") {
      const chosen = known.lines.filter(({ id }) => answer.numbers.includes(id));
      return turnOf({ ...known, chosen, locked: chosen.filter(({ locked }) => locked) });
    }
    const [line, ...locked] = known.locked;
    if (answer.type === "pin" && line !== undefined)
      await callMagpie(context, {
        app: known.app,
        method: "POST",
        path: ["lines", line.id, "unlock"],
        token: known.token,
        body: { pin: answer.pin },
      });
    return turnOf({ ...known, locked });
  },

  async cancel(kept, context) {
    const { app, token } = kept as Partial<Kept>;
    if (app !== undefined && token !== undefined) await callMagpie(context, { app, method: "DELETE", path: ["tokens"], token });
  },
};

// a check that was begun ends, also when it fails: the screen shows it until then
async function checked<Result>({ check }: SignupContext<MagpieSettings>, name: string, work: () => Promise<Result>): Promise<Result> {
  await check({ name, state: "running" });
  try {
    const result = await work();
    await check({ name, state: "passed" });
    return result;
  } catch (error) {
    await check({ name, state: "failed", detail: isWadeskError(error) ? error.message : "an unexpected error" });
    throw error;
  }
}

// one PIN after the other; then the lines are connected
function turnOf(kept: Kept): SignupTurn<MagpieInput> {
  const { app, token, chosen, locked } = kept;
  const [next] = locked;
  if (next !== undefined) return { question: { type: "pin", number: { id: next.id, label: next.label } }, kept };
  return { connect: chosen.map(({ id, label }) => ({ id, label, input: { app, line: id, token } })) };
}
// #endregion dialog
