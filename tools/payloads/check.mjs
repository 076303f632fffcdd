// check.mjs DIR: checks the payloads in DIR, as cmd/bot's conversations leave them there (PAYLOADS=DIR), with tsc
// against @slack/types. They become one file of TypeScript, DIR/payloads.ts, with one JSON value to a line, so that
// a line in tsc's messages tells the place in the payload.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const modules = fileURLToPath(new URL("node_modules", import.meta.url));
const dir = process.argv[2] ?? fail("say in which directory the payloads are");

// What is newer than @slack/types 3.2.0 is declared here, as Slack's reference of blocks has it: the chart
// (data_visualization) and the buttons in a data table (action_cell).
//
// The views of @slack/types also take { type: string } for a block; here it has to be one that Slack knows.
const lines = `
import type { Button, DataTableBlock, HomeView, KnownBlock as OlderBlock, MessageMetadata, ModalView } from ${JSON.stringify(join(modules, "@slack/types/dist/index.d.ts"))};
interface Point { label: string; value: number }
interface Series { name: string; data: Point[] }
interface Chart { type: "bar" | "line" | "area"; series: Series[]; axis_config: { categories: string[]; x_label?: string; y_label?: string } }
interface Visualization { type: "data_visualization"; block_id?: string; title: string; chart: Chart | { type: "pie"; segments: Point[] } }
type OlderCell = DataTableBlock["rows"][number][number];
interface ActionCell { type: "action_cell"; element: Button; fallback?: OlderCell }
interface DataTable extends Omit<DataTableBlock, "rows"> { rows: (OlderCell | ActionCell)[][] }
type KnownBlock = Exclude<OlderBlock, DataTableBlock> | DataTable | Visualization;
interface Home extends Omit<HomeView, "blocks"> { blocks: KnownBlock[] }
interface Modal extends Omit<ModalView, "blocks"> { blocks: KnownBlock[] }
type Answer =
  | { response_action: "update" | "push"; view: Modal }
  | { response_action: "errors"; errors: Record<string, string> }
  | { response_action: "clear" };
`.split("\n");

// What tsc has to refuse, or it checks nothing: each is right but for one thing.
const text = { type: "plain_text", text: "Pace" };
const wrong = {
  "a type misspelt": ["KnownBlock[]", [{ type: "sectoin", text }]],
  "a button without text": ["KnownBlock[]", [{ type: "actions", elements: [{ type: "button", action_id: "a" }] }]],
  "a chart of no kind": ["KnownBlock[]", [{ type: "data_visualization", title: "Days", chart: { type: "radar", segments: [] } }]],
  "a cell to press without a button": ["KnownBlock[]", [{ type: "data_table", caption: "Members", rows: [[{ type: "action_cell" }]] }]],
  "a field that Slack does not have": ["KnownBlock[]", [{ type: "section", text, colour: "red" }]],
  "a modal without title": ["Modal", { type: "modal", blocks: [] }],
  "a type misspelt in a modal": ["Modal", { type: "modal", title: text, blocks: [{ type: "divdier" }] }],
  "a type misspelt in a Home": ["Home", { type: "home", blocks: [{ type: "divdier" }] }],
  "an action misspelt": ["Answer", { response_action: "updaet", view: { type: "modal", title: text, blocks: [] } }],
  "metadata without payload": ["MessageMetadata", { event_type: "digest" }],
};

const places = []; // by number of line: from which payload, and where in it

function declare(name, path, type, value) {
  write({ name, path }, `const p${lines.length}: ${type} = `, value, ";");
}

function write(place, before, value, after) {
  const line = (code) => {
    places[lines.length] = place;
    lines.push(code);
  };
  if (value === null || typeof value !== "object") return line(before + JSON.stringify(value) + after);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  line(before + open);
  for (const [key, inner] of Object.entries(value)) {
    const [step, label] = open === "[" ? [`[${key}]`, ""] : [`.${key}`, JSON.stringify(key) + ": "];
    write({ ...place, path: place.path + step }, label, inner, ",");
  }
  line(close + after);
}

// partsOf lists what is to be checked of a payload: where it is, its type, and itself.
function partsOf({ what, sent }) {
  if ("response_action" in sent) return [["sent", "Answer", sent]];
  return [
    ["sent.blocks", "KnownBlock[]", sent.blocks],
    ["sent.metadata", "MessageMetadata", sent.metadata],
    ["sent.view", what === "views.publish" ? "Home" : "Modal", sent.view],
  ].filter(([, , value]) => value !== undefined);
}

// messages runs tsc and gives what it says: the number of a line, and what is wrong there.
function messages() {
  writeFileSync(join(dir, "payloads.ts"), lines.join("\n"));
  const options = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--lib", "es2022", "--pretty", "false"];
  const tsc = spawnSync(process.execPath, [join(modules, "typescript/bin/tsc"), ...options, "payloads.ts"], {
    cwd: dir,
    encoding: "utf8",
    maxBuffer: 1 << 28, // bytes; one wrong block can be in every message
  });
  if (tsc.error) fail(tsc.error.message);
  return tsc.stdout.trim().split(/\n(?=\S)/).map((message) => {
    const [, number, said] = message.match(/^payloads\.ts\((\d+),\d+\): error (.*)/s) ?? [];
    if (!places[number - 1]) fail(`tsc did not get as far as the payloads:\n${tsc.stdout}${tsc.stderr}`);
    return [number, said];
  });
}

function fail(why) {
  console.error(`payloads: ${why}`);
  process.exit(1);
}

for (const [name, [type, value]] of Object.entries(wrong)) declare(name, "", type, value);
const files = readdirSync(dir).filter((name) => name.endsWith(".json")).map((name) => join(dir, name));
if (files.length === 0) fail(`there is nothing to check in ${dir}`);
for (const file of files) {
  const parts = partsOf(JSON.parse(readFileSync(file, "utf8")));
  if (parts.length === 0) fail(`${file} has nothing that this check knows`);
  for (const [path, type, value] of parts) declare(file, path, type, value);
}

const refused = new Set();
for (const [number, said] of messages()) {
  const { name, path } = places[number - 1];
  refused.add(name);
  if (!(name in wrong)) console.error(`${name} ${path}: ${said}`);
}
for (const name of Object.keys(wrong)) {
  if (!refused.delete(name)) fail(`the check checks nothing: tsc takes ${name}`);
}
console.log(`payloads: ${files.length - refused.size} passed, ${refused.size} failed`);
if (refused.size > 0) process.exitCode = 1;
