import { WadeskError } from "@wadesk/core";
import type { ChannelContext, OutboundMessage } from "@wadesk/core/ports";
import type { AuthState } from "../auth/auth-state.ts";
import type { Changes } from "../auth/change-queue.ts";
import type { UnofficialSettings } from "../options.ts";
import { metLimit, type PaceCounts, withMessages } from "./pace-windows.ts";

/** How fast one number may send. */
export interface NumberPace {
  /** Counts a message once, however often it is asked to. */
  counting(message: Pick<OutboundMessage, "opensChat">): Counting;
}

/** The counting of one message. Both reject with `pace_limited` where the settings allow no more for now; then WhatsApp must hear nothing of it. */
export interface Counting {
  /** Resolves when it is counted and that is stored: before WhatsApp is asked about its recipient. Rejects where that could not be stored. */
  stored(): Promise<void>;
  /** Answers what is to be stored before it leaves. */
  beside(): Promise<Changes>;
}

/** What it takes. */
export interface PaceParts {
  readonly state: Pick<AuthState, "find" | "keep">;
  readonly settings: ChannelContext<UnofficialSettings>["settings"];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const RECORD = "pace";
/** How old settings may be, in milliseconds. */
const FRESH_MS = 5000;

/** The pace of one connection's number. What it has sent is kept in the connection's records: a restart or another process takes it over. */
export function numberPace({ state, settings, now }: PaceParts): NumberPace {
  let counts: PaceCounts = {};
  let loading: Promise<void> | undefined;
  let limits: UnofficialSettings | undefined;
  let reading: Promise<UnofficialSettings> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;

  const load = (): Promise<void> => {
    loading ??= state.find([RECORD]).then(
      (found) => {
        counts = readCounts(found.get(RECORD));
      },
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
  const readLimits = (): Promise<UnofficialSettings> => {
    reading ??= settings()
      .then((read) => {
        [limits, readAt] = [read, now()];
        return read;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  // as it is when it is written: what was counted meanwhile is in it
  const written = (): Changes => new Map([[RECORD, () => ({ value: new TextEncoder().encode(JSON.stringify(counts)) })]]);

  const take = async ({ opensChat = false }: Pick<OutboundMessage, "opensChat">): Promise<void> => {
    await load();
    let most = limits !== undefined && now() - readAt < FRESH_MS ? limits : await readLimits();
    if (metLimit(counts, most, now(), opensChat) !== undefined) {
      // an admin who has just raised it need not wait
      most = await readLimits();
      const met = metLimit(counts, most, now(), opensChat);
      if (met !== undefined) {
        const detail = `${met.words} by one number; settings.change("unofficial", { ${met.name}: … }) sets another`;
        throw new WadeskError("pace_limited", { detail, retryAfterMs: met.waitMs });
      }
    }
    counts = withMessages(counts, now(), { messages: 1, chats: opensChat ? 1 : 0 });
  };

  return {
    counting(message) {
      let taking: Promise<void> | undefined;
      const taken = (): Promise<void> => (taking ??= take(message));
      return {
        async stored() {
          await taken();
          await state.keep({}, written());
        },
        async beside() {
          await taken();
          return written();
        },
      };
    },
  };
}

function readCounts(value: Uint8Array | undefined): PaceCounts {
  return value === undefined ? {} : (JSON.parse(new TextDecoder().decode(value)) as PaceCounts);
}
