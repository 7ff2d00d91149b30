// The one door to the server. Every refusal becomes a Problem, whose message
// is the server's sentence for the person.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema";

type ProblemBody = Partial<components["schemas"]["Problem"]>;

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  /** Of a mistake in a query: code points from its beginning. */
  readonly position: number | null;
  readonly expected: string;
  constructor(status: number, body: ProblemBody = {}) {
    super(body.detail || body.title || `HTTP ${status}`);
    this.status = status;
    this.code = body.code ?? "";
    this.position = body.position ?? null;
    this.expected = body.expected ?? "";
  }
}

export const base = "/api/v1";
export const api = createClient<paths>({ baseUrl: base });

/** The data of an answer, or its Problem; status 0 where the centre cannot be reached. */
export async function answer<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T & NonNullable<unknown>> {
  return (await answerWithTag(call)).data;
}

/** The same with the ETag, which a later change has to name. */
export async function answerWithTag<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<{ data: T & NonNullable<unknown>; etag: string | null }> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new Problem(0);
  });
  if (!response.ok) throw new Problem(response.status, typeof error === "object" && error !== null ? error : {});
  return { data: (data ?? {}) as T & NonNullable<unknown>, etag: response.headers.get("etag") };
}
