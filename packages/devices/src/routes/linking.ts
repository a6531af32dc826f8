import { takeTurns } from "../guard/check-limits.ts";
import { lacks } from "../guard/person.ts";
import { accountsIn } from "../linking/accounts-in.ts";
import { beginLink } from "../linking/begin-link.ts";
import { readLink } from "../linking/read-link.ts";
import { answer, type Refusal } from "../refusal.ts";
import { type ConnectBody, connectBody, link, type ReconnectBody, reconnectBody } from "../wire/link.ts";
import { type Call, done, type Route, route } from "./route.ts";

/** Linking a number, for the first time or anew. */
export const LINKING_ROUTES: readonly Route[] = [
  route<unknown, ConnectBody>({
    id: "connect",
    method: "POST",
    path: "/connections",
    needs: "owner",
    summary: "Begins to link a number; how it goes stands at its link and comes with the events",
    body: connectBody,
    answers: { status: 202, schema: link },
    asksVendor: true,
    async run(call) {
      const { desk, workspace, person, body } = call;
      const active = await desk.client.settings.activeChannel();
      const kind = body.channel ?? active;
      // who prepares a move to another channel is the platform's operator
      const lacking = kind === active ? undefined : lacks(person, "platform");
      if (lacking !== undefined) return lacking;
      const limited = await checked(call, kind, body.input);
      if (limited !== undefined) return limited;
      const label = body.label === undefined ? {} : { label: body.label };
      return begun(call, workspace.connect(kind, { ...body.input, ...label }));
    },
  }),
  route({
    id: "getLink",
    method: "GET",
    path: "/connections/{id}/link",
    needs: "member",
    summary: "How the link stands, in whichever process it is made; a QR or code is shown to owners, while it counts",
    answers: { status: 200, schema: link },
    run: async ({ desk, person, name }) => answer(await readLink(desk, person, name)),
  }),
  route<unknown, ReconnectBody>({
    id: "reconnect",
    method: "POST",
    path: "/connections/{id}/link",
    needs: "owner",
    summary: "Begins to link the same number anew, with new credentials or by its phone",
    body: reconnectBody,
    answers: { status: 202, schema: link },
    asksVendor: true,
    async run(call) {
      const { workspace, name, body } = call;
      const { channel } = await workspace.get(name);
      const limited = await checked(call, channel, body.input);
      return limited ?? begun(call, workspace.reconnect(name, channel, body.input));
    },
  }),
  route({
    id: "cancelLink",
    method: "DELETE",
    path: "/connections/{id}/link",
    needs: "owner",
    summary: "Ends an attempt to link a number, in whichever process it runs",
    answers: { status: 204, schema: "nothing" },
    async run({ workspace, name }) {
      await workspace.cancel(name);
      return done();
    },
  }),
];

// credentials are tried with the vendor: ten times in ten minutes, for a workspace and for an account whoever tries; a phone in the hand is nothing to guess
async function checked(
  { desk, person }: Call<unknown, unknown>,
  kind: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Refusal | undefined> {
  const { screen } = desk.client;
  const channel = screen.channels.find((each) => each.kind === kind);
  if (channel === undefined) return undefined;
  const accounts = (await accountsIn(channel, input)).map((name) => ({ scope: "account", name }) as const);
  return takeTurns(screen, [...(channel.linksPhone ? [] : [{ scope: "workspace", name: person.workspaceId } as const]), ...accounts]);
}

async function begun(
  { desk, person, platform }: Call<unknown, unknown>,
  linking: Parameters<typeof beginLink>[1]["linking"],
): Promise<Response> {
  await beginLink(desk, { workspaceId: person.workspaceId, linking, platform });
  return answer(await readLink(desk, person, linking.connectionId), 202);
}
