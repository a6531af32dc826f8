import { expect, it } from "vitest";
import type { BinaryNode } from "../baileys/baileys.ts";
import { type Asking, askAfterLogin } from "./login-questions.ts";

const node = (tag: string, attrs: Record<string, string>, content?: readonly BinaryNode[]): BinaryNode => ({
  tag,
  attrs,
  ...(content && { content: [...content] }),
});

function open(answer: () => Promise<BinaryNode | undefined>) {
  const asked: unknown[] = [];
  const socket = {
    query: async ({ attrs, content }: BinaryNode) => {
      asked.push([attrs.xmlns, attrs.type, content]);
      return answer();
    },
    serverProps: { privacyTokenOn1to1: true, profilePicPrivacyToken: true, lidTrustedTokenIssueToLid: false },
    fetchBlocklist: async () => {
      asked.push("blocklist");
      throw new Error("not answered");
    },
    fetchPrivacySettings: async () => {
      asked.push("privacy");
      return {};
    },
  };
  return { asked, socket, ask: () => askAfterLogin(socket as unknown as Asking) };
}

it("its properties are asked for, who is blocked and what the account shows, and one question that fails keeps no other", async () => {
  const { asked, ask } = open(async () => undefined);
  await ask();
  expect(asked).toEqual([["abt", "get", [{ tag: "props", attrs: { protocol: "1" } }]], "blocklist", "privacy"]);
});

it("properties are taken by their codes and by their names; of one that is not told nothing changes", async () => {
  const { socket, ask } = open(async () =>
    node("iq", {}, [
      node("props", { hash: "1" }, [
        node("prop", { config_code: "10518", config_value: "0" }),
        node("prop", { name: "lid_trusted_token_issue_to_lid", value: "true" }),
        node("prop", { config_code: "1", config_value: "1" }),
      ]),
    ]),
  );
  await ask();
  expect(socket.serverProps).toEqual({ privacyTokenOn1to1: false, profilePicPrivacyToken: true, lidTrustedTokenIssueToLid: true });
});

it("a question that is not answered changes nothing", async () => {
  const { socket, ask } = open(() => Promise.reject(new Error("timed out")));
  await ask();
  expect(socket.serverProps).toEqual({ privacyTokenOn1to1: true, profilePicPrivacyToken: true, lidTrustedTokenIssueToLid: false });
});
