import { answer } from "../../lib/answer";
import { acme, wadesk } from "../../lib/wadesk";

// on the channel in force, whichever the admin has chosen
export function POST(request: Request): Promise<Response> {
  return answer(201, async () => acme.connect(await wadesk.settings.activeChannel(), await request.json()));
}

export function GET(): Promise<Response> {
  return answer(200, () => acme.list());
}
