import { createFakeMeta, type FakeMeta } from "@wadesk/testing";
import { type SignupUnderTest, signupContract } from "@wadesk/testing/contracts";
import { afterEach, describe } from "vitest";
import { cloudApi } from "../cloud-api.ts";

const open: FakeMeta[] = [];
afterEach(async () => {
  for (const meta of open.splice(0)) await meta.close();
});

const BACK = "https://chat.example.com/connect/wa-store/waba";

describe.each(["v23.0", "v26.0"])("on %s", (graphVersion) => {
  signupContract("cloud-api", () => openWorld(graphVersion));
});

async function openWorld(graphVersion: string): Promise<SignupUnderTest> {
  const meta = createFakeMeta();
  open.push(meta);
  const app = meta.addApp();
  const configuration = app.addConfiguration({ redirectUris: [BACK] });
  const { id: wabaId } = meta.addWaba();
  meta.addNumber({ wabaId });
  meta.addNumber({ wabaId, registered: false, pin: "123456" });
  const { id: unverified } = meta.addNumber({ wabaId, registered: false, codeVerificationStatus: "NOT_VERIFIED" });
  const query = {
    client_id: app.id,
    config_id: configuration.id,
    response_type: "code",
    override_default_response_type: "true",
    redirect_uri: BACK,
  };
  const dialog = `https://www.facebook.com/v23.0/dialog/oauth?${new URLSearchParams(query)}`;
  const form = () => new Request(dialog, { method: "POST", body: `act=accept&wabaId=${wabaId}` });
  const codes: string[] = [];
  for (let index = 0; index < 3; index += 1) {
    const answer = await meta.fetch(form());
    codes.push(new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? "");
  }
  return {
    channel: () => cloudApi({ appId: app.id, appSecret: app.secret, configId: configuration.id, graphVersion, retryDelayMs: 0 }),
    fetch: (address, init) => meta.fetch(new Request(address, init)),
    code: () => codes.shift() ?? "",
    refusedCode: "AQ-never-given",
    answer: (question) => {
      if (question.type === "choose_numbers") return { type: "choose_numbers", numbers: question.numbers.map(({ id }) => id) };
      if (question.type === "pin") return { type: "pin", pin: "123456" };
      return { type: "verification_code", code: meta.codeSentTo(unverified) ?? "" };
    },
    secrets: [app.secret, "EAA"],
  };
}
