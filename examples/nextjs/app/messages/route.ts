import { answer } from "../../lib/answer";
import { acme } from "../../lib/wadesk";

export function POST(request: Request): Promise<Response> {
  return answer(202, async () => acme.send(await request.json()));
}
