// The page: looks at the server every two seconds while somebody looks at the page.

import { by, make, numberCell, offer } from "./dom.js";
import * as json from "./json.js";
import { Latencies, rate, time } from "./latency.js";
import * as predict from "./predict.js";
import * as recommend from "./recommend.js";
import { ask, model as pathOf, Refused, use } from "./server.js";

const PAUSE = 2_000;
const RECOMMEND = "recommend";

const latencies = new Latencies();
let models = [];
let shown = ""; // Whose signatures the form is of.
let coming = ""; // Whose are asked for: an answer that another choice overtook is not used.
let signatures = {};
let form;
let timer;

async function look() {
  clearTimeout(timer);
  if (document.hidden) {
    return; // Until it is shown again.
  }
  try {
    const overview = json.read(await ask("page/models"));
    by("key").hidden = true;
    show(overview);
    await choose();
  } catch (error) {
    refused(error);
  }
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
}

function refused(error) {
  state(error.message, "bad");
  if (error instanceof Refused && error.status === 401) {
    by("key").hidden = false;
    by("served").hidden = true;
    by("try").hidden = true;
  }
}

function state(text, kind) {
  const line = by("state");
  if (line.textContent !== text) {
    line.textContent = text;
  }
  line.className = kind;
}

function show(overview) {
  models = overview.models;
  const ready = overview.ready ? "Ready" : "Not ready";
  state(models.length === 0 ? "No models are served" : ready, overview.ready ? "good" : "bad");
  by("served").hidden = models.length === 0;
  by("try").hidden = models.length === 0;
  by("models").replaceChildren(...models.flatMap(rows));
  offer(by("model"), models.map((model) => [model.name, model.name]));
}

function rows(model) {
  const versions = model.versions.length > 0 ? model.versions : [{ version: "–", state: "", message: "" }];
  return versions.map((version, i) =>
    make("tr", {}, name(model, i), ...versionCells(model, version), ...requestCells(model, version)),
  );
}

function name(model, i) {
  return make("th", { scope: "row" }, i === 0 ? model.name : "");
}

function versionCells(model, version) {
  const labels = Object.entries(model.labels).filter(([, number]) => number === version.version);
  const good = version.state === "AVAILABLE" ? "good" : version.message === "" ? "" : "bad";
  const stateCell = make("td", {}, make("span", { class: good }, version.state.toLowerCase()));
  labels.forEach(([label]) => stateCell.append(" ", make("span", { class: "label" }, label)));
  if (version.message !== "") {
    stateCell.append(make("span", { class: "why" }, version.message));
  }
  return [numberCell(version.version, false), stateCell];
}

function requestCells(model, version) {
  if (version.requests === undefined) {
    return ["–", "–", "–", "–"].map((text) => make("td", { class: "number" }, text));
  }
  const buckets = version.buckets.map(([limit, count]) => [Number(limit), Number(count)]);
  const key = JSON.stringify([model.name, version.version]);
  const now = latencies.add(key, performance.now(), Number(version.requests), buckets);
  return [version.requests, rate(now.rate), time(now.p50), time(now.p99)].map((text) =>
    make("td", { class: "number" }, text),
  );
}

/** Offers what the chosen model can be asked for; the form stays while its signatures do. */
async function choose() {
  const model = models.find((one) => one.name === by("model").value);
  if (model === undefined) {
    return;
  }
  const available = model.versions.filter((version) => version.state === "AVAILABLE");
  offer(by("version"), [
    ["", "the latest"],
    ...available.map((version) => [`versions/${version.version}`, version.version]),
    ...Object.keys(model.labels).map((label) => [`labels/${encodeURIComponent(label)}`, label]),
  ]);
  const chosen = JSON.stringify([model.name, by("version").value, available.map((one) => one.version)]);
  if (chosen === shown || chosen === coming) {
    return;
  }
  coming = chosen;
  try {
    const metadata = json.read(await ask(`${pathOf(model.name, by("version").value)}/metadata`));
    if (coming === chosen) {
      fit(model, metadata.metadata.signature_def.signature_def);
      shown = chosen;
    }
  } catch (error) {
    if (coming === chosen) {
      clear(error.message);
    }
  } finally {
    if (coming === chosen) {
      coming = "";
    }
  }
}

/** What was typed in stays where a new version takes what the one before did. */
function fit(model, next) {
  const same = form?.model === model.name && JSON.stringify(next) === JSON.stringify(signatures);
  signatures = next;
  if (!same) {
    offerCalls(model);
    build();
  }
}

function clear(message) {
  shown = "";
  form = undefined;
  by("request").replaceChildren(make("p", { class: "faint" }, message));
  by("reply").replaceChildren();
  by("reply").hidden = true;
}

function offerCalls(model) {
  const calls = predict.calls(signatures).map(([signature, call]) => [signature, `${call} by ${signature}`]);
  const ranks = model.inputs !== undefined ? [[`:${RECOMMEND}`, RECOMMEND]] : [];
  const first = calls.findIndex(([signature]) => signature === "serving_default");
  calls.unshift(...(first > 0 ? calls.splice(first, 1) : []));
  offer(by("call"), [...calls, ...ranks]);
}

function build() {
  const model = models.find((one) => one.name === by("model").value);
  const call = by("call").value;
  if (call === "") {
    return;
  }
  form = call === `:${RECOMMEND}` ? recommend.form(model) : predict.form(call, signatures[call], model);
  form.model = model.name;
  by("request").replaceChildren(...form.elements, make("p", {}, make("button", {}, "Send")));
  by("reply").hidden = false;
  by("reply").replaceChildren(make("p", { class: "faint" }, "The reply comes here."));
}

async function send() {
  const asked = form;
  const button = by("request").querySelector("button");
  let body;
  try {
    body = asked.body();
  } catch (error) {
    reply(make("p", { class: "error" }, error.message));
    return;
  }
  const path = `${pathOf(asked.model, by("version").value)}:${asked.call}`;
  button.disabled = true;
  const start = performance.now();
  try {
    const text = await ask(path, body);
    const took = make("p", { class: "faint" }, `Answered within ${time((performance.now() - start) / 1000)}.`);
    reply(...asked.show(json.read(text)), took, raw(path, body, text));
  } catch (error) {
    const code = error instanceof Refused ? ` (${error.status})` : "";
    reply(make("p", { class: "error" }, error.message + code), raw(path, body));
  } finally {
    button.disabled = false;
  }
  look();
}

function reply(...elements) {
  by("reply").replaceChildren(...elements);
}

/** What went over the wire, for who writes a client. */
function raw(path, body, text) {
  const lines = [make("summary", {}, "As it was sent"), make("pre", {}, `POST /${path}\n${body}`)];
  if (text !== undefined) {
    lines.push(make("pre", {}, text));
  }
  return make("details", {}, ...lines);
}

by("key").addEventListener("submit", (event) => {
  event.preventDefault();
  use(by("key-value").value);
  by("key-value").value = "";
  look();
});
by("request").addEventListener("submit", (event) => {
  event.preventDefault();
  if (form !== undefined) {
    send();
  }
});
by("model").addEventListener("change", () => {
  clear("");
  choose();
});
by("version").addEventListener("change", choose);
by("call").addEventListener("change", build);
document.addEventListener("visibilitychange", look);
look();
