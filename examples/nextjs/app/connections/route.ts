import { answer } from "../../lib/answer";
import { example } from "../../lib/wadesk";

// on the channel in force, whichever the admin has chosen
export function POST(request: Request): Promise<Response> {
  return answer(201, async () => {
    const { acme, wadesk } = await example();
    return acme.connect(await wadesk.settings.activeChannel(), await request.json());
  });
}

export function GET(): Promise<Response> {
  return answer(200, async () => (await example()).acme.list());
}
