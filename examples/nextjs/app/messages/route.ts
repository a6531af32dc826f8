import { answer } from "../../lib/answer";
import { example } from "../../lib/wadesk";

export function POST(request: Request): Promise<Response> {
  return answer(202, async () => (await example()).acme.send(await request.json()));
}
