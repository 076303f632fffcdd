// The wire to the sandbox: calls of /control/.

// ask makes a call and returns its answer. Its error's message is a sentence for people; status is that of HTTP.
export async function ask(path, body) {
  const init = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  let answer, data;
  try {
    answer = await fetch("/control/" + path, init);
    data = await answer.json();
  } catch {
    throw new Error("The sandbox does not answer. Is it still running?");
  }
  if (!answer.ok) throw Object.assign(new Error(sentence(data.error || answer.statusText)), { status: answer.status });
  return data;
}

// sentence begins with a capital and ends with a full stop.
function sentence(text) {
  const trimmed = String(text).trim();
  const first = trimmed[0] === "/" ? trimmed : trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…]$/.test(first) ? first : first + ".";
}

export const query = fields => new URLSearchParams(Object.entries(fields).filter(([, v]) => v !== undefined && v !== "")
  .flatMap(([k, v]) => (Array.isArray(v) ? v.map(x => [k, x]) : [[k, v]]))).toString();

// keep and kept hold small things over a reload; without storage they are forgotten.
export function keep(name, value) {
  try { localStorage.setItem("paceline." + name, JSON.stringify(value)); } catch { /* storage is full or switched off */ }
}
export function kept(name, otherwise) {
  try { return JSON.parse(localStorage.getItem("paceline." + name)) ?? otherwise; } catch { return otherwise; }
}
