import { isWadeskError } from "@wadesk/core";

/** Answers what a call gives as JSON, and a failure of WaDesk's with its own status and what to do. */
export async function answer(status: number, call: () => PromiseLike<unknown>): Promise<Response> {
  try {
    return Response.json(await call(), { status });
  } catch (error) {
    if (isWadeskError(error)) return Response.json({ error }, { status: error.httpStatus });
    // of `request.json()`
    if (error instanceof SyntaxError) return Response.json({ error: { message: "the body is no JSON" } }, { status: 400 });
    throw error;
  }
}
