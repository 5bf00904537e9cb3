// Asks the server. The key is in this variable alone, and gone with the page.

let key = "";

export function use(value) {
  key = value;
}

/** A reply that is no success, with the server's own message. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The text of a reply; throws Refused, or an Error if there is none. */
export async function ask(path, body) {
  const headers = key === "" ? {} : { authorization: `Bearer ${key}` };
  let reply;
  let text;
  try {
    reply = await fetch(path, {
      method: body === undefined ? "GET" : "POST",
      headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
      body,
      cache: "no-store",
      credentials: "omit",
    });
    text = await reply.text();
  } catch {
    throw new Error("The server does not answer.");
  }
  if (!reply.ok) {
    throw new Refused(reply.status, message(text) ?? `The server answered with status ${reply.status}.`);
  }
  return text;
}

function message(text) {
  try {
    return JSON.parse(text).error;
  } catch {
    return undefined;
  }
}

/** Where a model is, or one of its versions. */
export function model(name, version) {
  const path = `v1/models/${encodeURIComponent(name)}`;
  return version === "" ? path : `${path}/${version}`;
}
