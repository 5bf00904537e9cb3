// A form of a user, a context and candidates, and the ranked list that comes of it.

import { field, make, numberCell, table } from "./dom.js";
import * as json from "./json.js";

const RANKED = new Set(["binary", "regression"]);

/** The form for a model that can recommend: one whose manifest says what its rows are made of. */
export function form(manifest) {
  const groups = { user: [], context: [], item: [] };
  for (const input of manifest.inputs) {
    (groups[input.group] ?? groups.context).push(input);
  }
  const user = fields("user", [...manifest.lookups, ...groups.user]);
  const context = fields("context", groups.context);
  const candidates = make("textarea", { spellcheck: "false", rows: "5" });
  candidates.value = example(groups.item);
  const how = choices(manifest.outputs);
  return {
    call: "recommend",
    elements: [
      section("User", user.lines),
      section("Context", context.lines),
      section("Candidates", [
        field("candidates", "Rows or ids", 'a JSON list, or "all" of the catalogue', candidates, true),
        ...how.lines,
      ]),
    ],
    body: () =>
      json.object([
        ["user", user.value()],
        ...(context.lines.length > 0 ? [["context", context.value()]] : []),
        ["candidates", json.checked(candidates.value, "Candidates")],
        ...how.entries(),
      ]),
    show: (reply) => ranking(reply),
  };
}

function section(title, lines) {
  return lines.length === 0
    ? ""
    : make("fieldset", {}, make("legend", {}, title), make("div", { class: "fields" }, ...lines));
}

/** Columns, each typed in once. */
function fields(prefix, inputs) {
  const seen = new Map(inputs.map((input) => [input.column, input]));
  const columns = [...seen.values()].map((input, i) => {
    const numeric = input.kind === "numeric";
    const control = make("input", {
      autocomplete: "off",
      spellcheck: "false",
      inputmode: numeric ? "decimal" : undefined,
      value: input.example,
    });
    const hint = input.kind.replace("_", " ");
    return { input, numeric, control, line: field(`${prefix}-${i}`, input.column, hint, control) };
  });
  return {
    lines: columns.map((column) => column.line),
    value: () => json.object(columns.map(entry).filter((pair) => pair !== undefined)),
  };
}

/** Nothing typed in is a missing value, and of what can be looked up nothing at all. */
function entry({ input, numeric, control }) {
  const text = control.value.trim();
  if (text === "") {
    return input.optional ? undefined : [input.column, "null"];
  }
  return [input.column, numeric ? json.number(text, input.column) : JSON.stringify(control.value)];
}

function example(items) {
  const row = [...new Map(items.map((input) => [input.column, input])).values()].map((input) => [
    input.column,
    input.kind === "numeric" ? (input.example ?? "0") : '""',
  ]);
  return `[${json.object(row)}]`;
}

function choices(outputs) {
  const names = outputs.filter((output) => RANKED.has(output.type)).map((output) => output.name);
  const rank = make(
    "select",
    {},
    make("option", { value: "" }, "as the server does"),
    ...names.map((name) => make("option", { value: name }, name)),
  );
  const most = make("input", { inputmode: "numeric", autocomplete: "off", value: "10" });
  const where = make("input", { autocomplete: "off", spellcheck: "false" });
  const explain = make("input", { type: "checkbox", id: "explain" });
  return {
    lines: [
      field("rank", "Rank by", "", rank),
      field("most", "How many", "", most),
      field("where", "Only where", "price <= 20, say", where, true),
      make("label", { class: "check wide" }, explain, "Explain scores"),
    ],
    entries: () => [
      ...(rank.value === "" ? [] : [["by", JSON.stringify(rank.value)]]),
      ["k", json.whole(most.value.trim(), "How many")],
      ...(where.value.trim() === "" ? [] : [["where", JSON.stringify(where.value)]]),
      ...(explain.checked ? [["explain", "true"]] : []),
    ],
  };
}

function ranking(reply) {
  const items = reply.recommendations;
  const left = Object.entries(reply.left_out).filter(([, count]) => count !== "0");
  const counts = [`${reply.scored} of ${reply.candidates} scored, by ${reply.by}`];
  left.forEach(([reason, count]) => counts.push(`${count} left out: ${reason}`));
  if (reply.unknown.length > 0) {
    counts.push(`unknown: ${reply.unknown.join(", ")}`);
  }
  const text = make("p", { class: "faint" }, `${counts.join("; ")}.`);
  return items.length === 0 ? [make("p", {}, "Nothing was left to recommend."), text] : [list(items), text];
}

function list(items) {
  const ids = items.some((item) => item.id !== undefined);
  const outputs = Object.keys(items[0].outputs);
  const columns = [...new Set(items.flatMap((item) => Object.keys(item.item)))].filter(
    (column) => !ids || items.some((item) => item.item[column] !== item.id),
  );
  const shown = (item) => columns.map((column) => make("td", {}, item.item[column] ?? ""));
  const rows = items.map((item) => [
    make("th", { scope: "row", class: "number" }, item.rank),
    ...(ids ? [make("td", {}, item.id ?? "")] : shown(item)),
    scored(item),
    ...outputs.map((output) => numberCell(item.outputs[output], true)),
    ...(ids ? shown(item) : []),
  ]);
  const before = ids ? ["Id"] : columns;
  return table(["Rank", ...before, "Score", ...outputs, ...(ids ? columns : [])], rows);
}

function scored(item) {
  const cell = numberCell(item.score, true);
  if (item.explanation !== undefined) {
    const lines = Object.entries(item.explanation).flatMap(([output, parts]) =>
      parts.map((part) => [
        make("th", { scope: "row" }, part.feature),
        make("td", {}, output),
        numberCell(part.value, false),
      ]),
    );
    cell.append(
      make("details", {}, make("summary", {}, "Why"), table(["Feature", "of", "adds"], lines)),
    );
  }
  return cell;
}
