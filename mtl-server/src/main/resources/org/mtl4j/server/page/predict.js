// A form of a signature's inputs, one row or the tensors whole, and its outputs as a table.

import { field, make, numberCell, table } from "./dom.js";
import * as json from "./json.js";

/** Signatures that can be tried, as [name, what to ask for]. */
export function calls(signatures) {
  return Object.entries(signatures).map(([name, signature]) => [name, action(signature)]);
}

function action(signature) {
  const method = signature.method_name;
  return method.endsWith("/classify") ? "classify" : method.endsWith("/regress") ? "regress" : "predict";
}

/** The form of a signature: its elements, and what makes a body of what is typed in. */
export function form(name, signature, manifest) {
  const call = action(signature);
  return call === "predict" ? tensors(name, signature, manifest) : examples(name, call);
}

function examples(name, call) {
  const control = make("textarea", { spellcheck: "false" });
  control.value = '[{"x": 1.0}]';
  const line = field("examples", "Examples", "features by name, a row each", control, true);
  return {
    call,
    elements: [make("div", { class: "fields" }, line)],
    body: () =>
      json.object([
        ["signature_name", JSON.stringify(name)],
        ["examples", json.checked(control.value, "Examples")],
      ]),
    show: (reply) => [results(reply.results)],
  };
}

function results(rows) {
  return table(
    ["Row", "Result"],
    rows.map((row, i) => [make("th", { scope: "row" }, String(i)), cell(row)]),
  );
}

function tensors(name, signature, manifest) {
  const byRows = Object.values(signature.inputs).every(hasRows);
  const inputs = Object.entries(signature.inputs).map(([input, spec], i) =>
    typed(`input-${i}`, input, spec, manifest?.inputs?.find((one) => one.name === input), byRows),
  );
  const outputs = new Map((manifest?.outputs ?? []).map((output) => [output.name, output]));
  const only = Object.keys(signature.outputs)[0];
  return {
    call: "predict",
    elements: [make("div", { class: "fields" }, ...inputs.map((input) => input.line))],
    body: () => {
      const values = json.object(inputs.map((input) => [input.name, input.value()]));
      const rows = byRows ? ["instances", `[${values}]`] : ["inputs", values];
      return json.object([["signature_name", JSON.stringify(name)], rows]);
    },
    show: (reply) => {
      const values = byRows ? reply.predictions[0] : reply.outputs;
      const several = values !== null && typeof values === "object" && !Array.isArray(values);
      return [predictions(several ? Object.entries(values) : [[only, values]], outputs)];
    },
  };
}

/** A first dimension of any size is that of rows. */
function hasRows(spec) {
  return spec.tensor_shape.dim.length > 0 && spec.tensor_shape.dim[0].size === "-1";
}

function typed(id, name, spec, known, byRows) {
  const sizes = spec.tensor_shape.dim.map((dim) => dim.size).slice(byRows ? 1 : 0);
  const list = sizes.length > 0 || spec.tensor_shape.unknown_rank;
  const type = spec.dtype.slice(3).toLowerCase();
  const kind = list ? "list" : type === "string" ? "text" : type === "bool" ? "bool" : "number";
  const control = controls[kind](type, sizes, known);
  const hint = known?.kind ?? (list ? `${type} [${sizes.map((size) => (size === "-1" ? "n" : size)).join(", ")}]` : type);
  return {
    name,
    line: field(id, name, hint.replace("_", " "), control, kind === "list"),
    value: () => mark(control, () => values[kind](control, type, name)),
  };
}

const controls = {
  text: () => make("input", { autocomplete: "off", spellcheck: "false" }),
  number: (type, sizes, known) =>
    make("input", { inputmode: "decimal", autocomplete: "off", value: known?.example ?? "0" }),
  bool: () => make("select", {}, make("option", {}, "false"), make("option", {}, "true")),
  list: (type, sizes) => {
    const control = make("textarea", { spellcheck: "false" });
    control.value = example(type, sizes);
    return control;
  },
};

const values = {
  text: (control) => JSON.stringify(control.value),
  number: (control, type, name) => {
    const text = control.value.trim();
    const real = /^(float|double|half|bfloat16)$/.test(type);
    return real ? json.number(text === "" ? "NaN" : text, name) : json.whole(text, name);
  },
  bool: (control) => control.value,
  list: (control, type, name) => json.checked(control.value, name),
};

/** Says of a field whether what is in it will do. */
function mark(control, value) {
  try {
    const text = value();
    control.removeAttribute("aria-invalid");
    return text;
  } catch (error) {
    control.setAttribute("aria-invalid", "true");
    control.focus();
    throw error;
  }
}

function example(type, sizes) {
  const value = type === "string" ? '""' : type === "bool" ? "false" : "0";
  return sizes.reduceRight((inner, size) => {
    const count = size === "-1" ? 1 : Math.min(Number(size), 1000);
    return `[${Array(count).fill(inner).join(", ")}]`;
  }, value);
}

function predictions(outputs, known) {
  const rows = [];
  for (const [name, value] of outputs) {
    const classes = known.get(name)?.classes ?? [];
    const share = known.has(name) && known.get(name).type !== "regression";
    if (Array.isArray(value) && classes.length === value.length) {
      value.forEach((one, i) =>
        rows.push([make("th", { scope: "row" }, `${name}: ${classes[i]}`), cell(one, share)]),
      );
    } else {
      rows.push([make("th", { scope: "row" }, name), cell(value, share)]);
    }
  }
  return table(["Output", "Value"], rows);
}

function cell(value, share = false) {
  if (typeof value === "string") {
    return json.isNumber(value) ? numberCell(value, share) : make("td", {}, value);
  }
  return make("td", {}, JSON.stringify(value).replaceAll('"', ""));
}
