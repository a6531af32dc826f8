/** Performs Meta's GET challenge. Rejects, with the sentence the dashboard shows, when the answer is not 200 with the challenge alone. */
export async function challenge(options: {
  readonly url: string;
  readonly verifyToken: string;
  readonly value: string;
  readonly fetch: typeof fetch;
}): Promise<void> {
  const url = new URL(options.url);
  url.searchParams.set("hub.mode", "subscribe");
  url.searchParams.set("hub.challenge", options.value);
  url.searchParams.set("hub.verify_token", options.verifyToken);
  const response = await options
    .fetch(url, { headers: { "user-agent": "facebookplatform/1.0 (+http://developers.facebook.com)", accept: "*/*" }, redirect: "manual" })
    .catch((cause: unknown) => {
      throw failed("the callback URL could not be reached", cause);
    });
  const echoed = await response.text();
  if (response.status !== 200) throw failed(`HTTP Status Code = ${response.status}; HTTP Message = ${response.statusText}`);
  if (echoed !== options.value) throw failed("the answer was not the challenge");
}

function failed(reason: string, cause?: unknown): Error {
  return new Error(`Callback verification failed with the following errors: ${reason}`, { cause });
}
