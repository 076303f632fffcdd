// An exchange as a command for a shell. What went to Slack is said again to the sandbox's Web API, with the token left
// to the environment; what went to the bot is done again by the control call that makes a person do it.

// curl returns the command, or "" for what cannot be said again.
export function curl(exchange, origin, people) {
  const request = exchange.request || {};
  if (exchange.from === "bot") {
    if (exchange.method === "response_url") return command("$RESPONSE_URL", request);
    const { token, ...args } = request;
    const name = exchange.method === "apps.connections.open" ? "SLACK_APP_TOKEN" : "SLACK_BOT_TOKEN";
    return command(origin + "/api/" + exchange.method, args, `Authorization: Bearer $${name}`);
  }
  const again = deed(request, id => (people.find(p => p.id === id) || { name: id }).name);
  if (!again) return "";
  return again.get ? `curl -sS ${quote(origin + "/control/" + again.get)}` : command(origin + "/control/" + again.path, again.body);
}

function deed(p, named) {
  if (p.command) return { path: "command", body: { user: named(p.user_id), channel: p.channel_name === "directmessage" ? "dm" : p.channel_name, text: (p.command + " " + unescaped(p.text || "")).trim() } };
  const user = p.user && named(p.user.id);
  switch (p.type) {
    case "block_actions": {
      const a = p.actions[0], chosen = a.value ?? a.selected_option?.value ?? a.selected_user ?? a.selected_date ?? a.selected_time ?? a.selected_channel;
      return { path: "press", body: { user, action_id: a.action_id, ...(chosen === undefined ? {} : { value: chosen }), ...(p.container?.message_ts ? { message_ts: p.container.message_ts } : { in: p.view?.type || "modal" }) } };
    }
    case "view_submission": return { path: "submit", body: { user, values: {} } };
    case "view_closed": return { path: "close", body: { user } };
    case "shortcut": return { path: "shortcut", body: { user, callback_id: p.callback_id } };
    case "event_callback": {
      const e = p.event || {};
      if (e.type === "message" && !e.subtype && !e.bot_id) return { path: "message", body: { user: named(e.user), text: unescaped(e.text) } };
      if (e.type === "app_home_opened") return { get: "home?user=" + named(e.user) };
    }
  }
  return null;
}

// unescaped is what a person typed, from what Slack made of it.
const unescaped = text => text.replace(/<[@#][A-Z0-9]+\|([^>]*)>/g, (all, name) => (all[1] === "@" ? "@" : "#") + name).replace(/<https?:[^|>]*\|([^>]*)>/g, "$1").replace(/<([^>]*)>/g, "$1")
  .replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

const command = (url, body, header) => ["curl -sS " + (url[0] === "$" ? `"${url}"` : quote(url)), ...(header ? [`-H "${header}"`] : []),
  "-H 'Content-Type: application/json'", "-d " + quote(JSON.stringify(body))].join(" \\\n  ");
const quote = text => "'" + String(text).replaceAll("'", "'\\''") + "'";
