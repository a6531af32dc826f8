import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { FILE_HEADERS } from "./files/file-header.ts";
import { sealedFile } from "./files/sealed-file.ts";
import { CALL_SCHEMAS, DOWNLOAD_SCHEMA } from "./messages/call-schemas.ts";
import { MOST_REPORTED, REPORT_PATH } from "./messages/reports.ts";
import { STATUSES } from "./signing/refusal.ts";
import { HEADERS, signRequest } from "./signing/sign-request.ts";

const page = await readFile(new URL("../../../../docs/guides/bridge-protocol.md", import.meta.url), "utf8");

/** The rows of the table whose first column is called so, a cell as its text. */
function table(first: string): readonly (readonly string[])[] {
  const [, below = ""] = page.split(`| ${first} |`);
  const [rows = ""] = below.split("\n\n");
  return rows
    .split("\n")
    .slice(2)
    .map((row) =>
      row
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll("`", "")),
    );
}

describe("the page of the protocol", () => {
  it("has a signature that is the one of its example", async () => {
    const url = new URL("http://127.0.0.1:8888/v1/list");
    const body = new TextEncoder().encode("{}");
    const headers = await signRequest(
      { direction: "call", method: "POST", url, bridge: "default", body },
      { secrets: ["correct horse battery staple, 32+"], id: "call_1", at: 1_764_200_000_999 },
    );
    expect(page).toContain(`\`${headers[HEADERS.signature]}\``);
    expect(page).toContain(`\n${headers[HEADERS.digest]}\n`);
  });

  it("has an end of a file that is the one of its example", async () => {
    const secrets = ["correct horse battery staple, 32+"];
    const file = new Blob(["hello"]).stream();
    const sealed = sealedFile(file, { direction: "upload", bridge: "default", told: ["ticket_1"], secrets });
    const bytes = Buffer.from(await new Response(sealed).arrayBuffer());
    expect(bytes.subarray(0, 13)).toEqual(Buffer.from([0, 0, 0, 5, ...Buffer.from("hello"), 0, 0, 0, 0]));
    expect(page).toContain(`\n${bytes.subarray(13).toString()}\n`);
    expect(table("end").map(([name]) => name)).toEqual(Object.keys(JSON.parse(bytes.subarray(13).toString()) as object));
  });

  it("names each header, each call and each refusal with its status, and no others", () => {
    expect(table("header").map(([name]) => name)).toEqual(Object.values(HEADERS));
    expect(table("file header").map(([name]) => name)).toEqual(Object.values(FILE_HEADERS));
    const calls = [...Object.keys(CALL_SCHEMAS), "link", "download"];
    expect(
      table("call")
        .map(([name]) => name)
        .sort(),
    ).toEqual(calls.sort());
    expect(table("code").map(([code, status]) => [code, Number(status)])).toEqual(Object.entries(STATUSES));
  });

  it("names what each call is given", () => {
    for (const [name = "", given = ""] of table("call")) {
      const fields = given.split(/,\s*/).filter((field) => field !== "");
      if (name === "link") continue;
      const empty = { ...CALL_SCHEMAS, download: DOWNLOAD_SCHEMA }[name as keyof typeof CALL_SCHEMAS | "download"].safeParse({});
      const required = fields.filter((field) => !field.endsWith("?"));
      expect([name, empty.error?.issues.map(({ path }) => path.join(".")) ?? []]).toEqual([name, required]);
    }
  });

  it("says where reports go and how much one holds", () => {
    expect(page).toContain(`POST ${REPORT_PATH}`);
    for (const [, holds] of table("report")) expect(holds).toContain(`up to ${MOST_REPORTED} `);
  });
});
