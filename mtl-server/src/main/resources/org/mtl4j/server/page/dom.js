// Makes elements. Text becomes text nodes, never markup: names of models and features are anybody's.

/** An element with attributes and children, which are elements or text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children);
  return element;
}

/** The element with this id. */
export const by = (id) => document.getElementById(id);

/** A table of headings and of rows of cells; a heading stands over numbers if the first row has one there. */
export function table(headings, rows) {
  const head = headings.map((text, i) => make("th", { scope: "col", class: rows[0]?.[i]?.className || undefined }, text));
  const body = rows.map((cells) => make("tr", {}, ...cells));
  return make(
    "div",
    { class: "scroll", role: "region", "aria-label": headings.join(", "), tabindex: "0" },
    make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body)),
  );
}

/** A cell of a number as the server wrote it; of a share with a bar below. */
export function numberCell(text, share) {
  const cell = make("td", { class: "number" }, short(text));
  cell.title = text;
  const value = Number(text);
  if (share && value >= 0 && value <= 1) {
    const filled = make("span");
    filled.style.width = `${value * 100}%`;
    cell.append(make("span", { class: "bar", "aria-hidden": "true" }, filled));
  }
  return cell;
}

/** Five digits; the title has the rest. */
function short(text) {
  const value = Number(text);
  return /[.eE]/.test(text) && Number.isFinite(value) ? String(Number(value.toPrecision(5))) : text;
}

/** A field with its label: what is typed in, and what it is. */
export function field(id, name, hint, control, wide = false) {
  control.id = id;
  const label = make("label", { for: id }, name);
  if (hint) {
    label.append(" ", make("small", {}, hint));
  }
  return make("div", { class: wide ? "wide" : undefined }, label, control);
}

/** Options of a select, which keeps its choice if that is still there. */
export function offer(select, choices) {
  const same =
    select.options.length === choices.length &&
    choices.every(([value, text], i) => select.options[i].value === value && select.options[i].text === text);
  if (same) {
    return;
  }
  const chosen = select.value;
  select.replaceChildren(...choices.map(([value, text]) => make("option", { value }, text)));
  if (choices.some(([value]) => value === chosen)) {
    select.value = chosen;
  }
}
