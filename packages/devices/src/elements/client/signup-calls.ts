import type { ResumeBody, WireBegun, WireSignup } from "../../wire/signup.ts";
import type { Answer, Requests } from "./requests.ts";

/** What is asked and told about connecting by the vendor's dialog. */
export interface SignupCalls {
  begin(channel: string): Promise<Answer<WireBegun>>;
  read(id: string, channel: string): Promise<Answer<WireSignup>>;
  resume(id: string, channel: string, body: ResumeBody): Promise<Answer<WireSignup>>;
  cancel(id: string, channel: string): Promise<Answer<void>>;
}

/** Makes them. */
export function signupCalls({ read, change }: Requests): SignupCalls {
  const of = (id: string, channel: string): string => `/signups/${encodeURIComponent(id)}?${new URLSearchParams({ channel })}`;
  return {
    begin: (channel) => change("POST", "/signups", { channel, door: "url" }),
    read: (id, channel) => read(of(id, channel)),
    resume: (id, channel, body) => change("POST", of(id, channel), body),
    cancel: (id, channel) => change("DELETE", of(id, channel)),
  };
}
