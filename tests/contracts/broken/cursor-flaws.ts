import { isWadeskError, type Page, type PageRequest } from "@wadesk/core";
import { broken, type Flaw } from "./flaw.ts";

const REFUSES = "a list refuses a cursor that none of its pages named, for the front again and again would never end";

// what a storage does that takes any cursor for a place
function fromTheFront<Item>(list: (page: PageRequest) => Promise<Page<Item>>, page: PageRequest): Promise<Page<Item>> {
  return list(page).catch((error: unknown) => {
    if (isWadeskError(error, "input_invalid")) return list({ limit: page.limit });
    throw error;
  });
}

/** Storages that believe a forged cursor. */
export const CURSOR_FLAWS: readonly Flaw[] = [
  [
    "begins a list of connections anew behind a forged cursor",
    REFUSES,
    broken("connections", (own) => ({
      list: (workspaceId, filter, page) => fromTheFront((each) => own.list(workspaceId, filter, each), page),
    })),
  ],
  [
    "begins a list of messages anew behind a forged cursor",
    REFUSES,
    broken("messages", (own) => ({ list: (workspaceId, page) => fromTheFront((each) => own.list(workspaceId, each), page) })),
  ],
  [
    "begins a list of dead letters anew behind a forged cursor",
    REFUSES,
    broken("inbox", (own) => ({ dead: (workspaceId, page) => fromTheFront((each) => own.dead(workspaceId, each), page) })),
  ],
  [
    "fails over a forged cursor with an error of its own",
    REFUSES,
    broken("inbox", (own) => ({
      list: (workspaceId, page) => own.list(workspaceId, page).catch(() => Promise.reject(new SyntaxError("Unexpected token"))),
    })),
  ],
];
