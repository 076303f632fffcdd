// Dates as Slack writes them, in the zone and at the time of who reads.

const shape = (date, zone, options) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(date);

const units = [
  ["year", 31536000],
  ["month", 2592000],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

function ago(date, now) {
  const seconds = Math.round((date - now) / 1000);
  const [unit, size] = units.find(u => Math.abs(seconds) >= u[1]) || units.at(-1);
  return new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}

// dated fills in the {tokens} of a date format. A moment that is none gives the fallback.
export function dated(seconds, format, fallback, ctx) {
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return fallback || "?";
  const zone = ctx.zone || "UTC",
    now = ctx.now ? ctx.now() : new Date();
  const as = options => shape(date, zone, options);
  const day = d => shape(d, zone, { dateStyle: "short" });
  const near = [
    ["today", 0],
    ["tomorrow", 864e5],
    ["yesterday", -864e5],
  ].find(([, off]) => day(new Date(now.getTime() + off)) === day(date));
  const full = () => as({ day: "numeric", month: "long", year: "numeric" });
  const short = () => as({ day: "numeric", month: "short", year: "numeric" });
  const long = () => as({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const tokens = {
    date_num: () => ["year", "month", "day"].map(part => as({ [part]: part === "year" ? "numeric" : "2-digit" })).join("-"),
    date_slash: () => day(date),
    date: full,
    date_short: short,
    date_long: long,
    date_long_full: long,
    date_pretty: () => (near ? near[0] : full()),
    date_short_pretty: () => (near ? near[0] : short()),
    date_long_pretty: () => (near ? near[0] : long()),
    day_divider_pretty: () => (near ? near[0] : long()),
    time: () => as({ hour: "2-digit", minute: "2-digit" }),
    time_secs: () => as({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
    ago: () => ago(date, now),
  };
  return String(format || "{date} at {time}").replace(/\{(\w+)\}/g, (all, name) => (tokens[name] ? tokens[name]() : all));
}

// exactly says a moment in full, for whom the short form is not enough.
export function exactly(seconds, ctx) {
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return "";
  return shape(date, ctx.zone || "UTC", { dateStyle: "full", timeStyle: "short" }) + " (" + (ctx.zone || "UTC") + ")";
}

function offsetAt(ms, zone) {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    })
      .formatToParts(new Date(ms))
      .map(p => [p.type, Number(p.value)]),
  );
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) - Math.floor(ms / 1000) * 1000;
}

// localOf writes seconds since 1970 as "2026-11-24T09:05" in a zone; secondsOf reads it back.
export function localOf(seconds, zone) {
  const ms = Number(seconds) * 1000;
  return new Date(ms + offsetAt(ms, zone)).toISOString().slice(0, 16);
}

export function secondsOf(local, zone) {
  const wall = Date.parse(local + "Z");
  if (Number.isNaN(wall)) return "";
  const guess = wall - offsetAt(wall, zone);
  return String(Math.floor((wall - offsetAt(guess, zone)) / 1000));
}
