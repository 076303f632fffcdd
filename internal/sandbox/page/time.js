// Moments in people's zones.

const shapes = new Map();

// shown writes a moment in a zone.
export function shown(date, zone, options) {
  const key = zone + JSON.stringify(options);
  if (!shapes.has(key)) shapes.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  return shapes.get(key).format(date);
}

export const clockTime = { hour: "2-digit", minute: "2-digit" };
export const dayAndTime = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
export const day = (date, zone) => shown(date, zone, { year: "numeric", month: "2-digit", day: "2-digit" });

// city is what people call a zone: its last part.
export const city = zone => zone.split("/").pop().replaceAll("_", " ");

// moment is when a message was posted.
export const moment = ts => new Date(Number(ts) * 1000);

// dayName says a day as a divider does.
export function dayName(date, zone, now) {
  const same = d => day(d, zone) === day(date, zone);
  if (same(now)) return "Today";
  if (same(new Date(now.getTime() - 864e5))) return "Yesterday";
  return shown(date, zone, { weekday: "long", day: "numeric", month: "long" });
}

// wall reads a date as the wall clock in a zone shows it, as if that were UTC.
function wall(date, zone) {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" })
    .formatToParts(date).reduce((all, p) => ({ ...all, [p.type]: Number(p.value) }), {});
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
}

// at is the moment at which a zone's wall clock shows what utc shows in UTC. In the hour that a clock change skips it
// is the moment an hour later.
export function at(utc, zone) {
  let guess = utc;
  for (let i = 0; i < 3; i++) guess += utc - wall(new Date(guess), zone);
  return new Date(guess);
}

// nextWeekday is the next time after now that a zone's wall clock shows this weekday (0 is Sunday) and hour.
export function nextWeekday(now, zone, weekday, hour) {
  const here = new Date(wall(now, zone));
  for (let ahead = 0; ; ahead++) {
    const that = new Date(Date.UTC(here.getUTCFullYear(), here.getUTCMonth(), here.getUTCDate() + ahead, hour));
    const real = at(that.getTime(), zone);
    if (that.getUTCDay() === weekday && real > now) return real;
  }
}

// typed is a moment as a datetime-local field writes it, and read the other way round.
export const typed = (date, zone) => new Date(wall(date, zone)).toISOString().slice(0, 16);
export const read = (text, zone) => at(Date.parse(text + (text.length === 16 ? ":00Z" : "Z")), zone);
