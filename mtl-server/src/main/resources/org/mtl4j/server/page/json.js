// JSON as the server speaks it: NaN and Infinity are bare words, and whole numbers have 64 bits.

const TOKENS = /"(?:[^"\\]|\\.)*"|-?(?:\d[\d.eE+-]*|Infinity)|NaN/g;
const NUMBER = /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|NaN|-?Infinity)$/;
const WHOLE = /^-?\d+$/;

/** What the text says, every number in it as a text of its own digits. */
export function read(text) {
  return JSON.parse(text.replace(TOKENS, (token) => (token[0] === '"' ? token : `"${token}"`)));
}

/** The text if it is JSON; throws a sentence with the name otherwise. */
export function checked(text, name) {
  try {
    read(text);
    return text;
  } catch {
    throw new Error(`${name}: expected JSON, such as [1, 2] or {"a": "b"}.`);
  }
}

/** Whether a text that was read is a number, or looks like one. */
export const isNumber = (text) => NUMBER.test(text);

/** A number's text, as JSON has numbers. */
export function number(text, name) {
  if (!NUMBER.test(text)) {
    throw new Error(`${name}: expected a number, or NaN for a missing one.`);
  }
  const plain = text.replace(/^\+/, "");
  return /^-?\d/.test(plain) ? plain.replace(/^(-?)0+(?=\d)/, "$1").replace(/\.(?=$|[eE])/, ".0") : plain.replace(".", "0.");
}

/** A whole number's text. */
export function whole(text, name) {
  if (!WHOLE.test(text)) {
    throw new Error(`${name}: expected a whole number.`);
  }
  return text.replace(/^(-?)0+(?=\d)/, "$1");
}

/** An object of values that are JSON already. */
export function object(entries) {
  return `{${entries.map(([name, json]) => `${JSON.stringify(name)}: ${json}`).join(", ")}}`;
}
