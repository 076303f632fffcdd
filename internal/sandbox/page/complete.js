// What the message box proposes for what is typed so far: commands, their words, people and channels.

// A proposal puts text in place of what stands between from and to. Without put it only says what may follow.
// sure means that Enter takes it even before an arrow key chose it.

// propose returns {from, to, items}, items empty when there is nothing to say.
export function propose(text, caret, { hints, people, channels }) {
  const before = text.slice(0, caret);
  const sigil = /(^|[\s(])([@#])([\p{L}\p{N}._-]*)$/u.exec(before);
  if (sigil) {
    const from = caret - sigil[3].length - 1, typed = sigil[3].toLowerCase();
    return { from, to: caret, items: sigil[2] === "@" ? atPeople(people, typed) : atChannels(channels, typed) };
  }
  if (!before.startsWith("/")) return none;
  const space = before.indexOf(" ");
  if (space < 0) {
    const items = hints.filter(h => h.command.startsWith(before.toLowerCase()))
      .map(h => ({ put: h.command + " ", label: h.command, note: h.usage, sure: h.command !== before.toLowerCase() }));
    return { from: 0, to: caret, items };
  }
  const hint = hints.find(h => h.command === before.slice(0, space).toLowerCase());
  return hint ? { from: space + 1, to: caret, items: words(hint, before.slice(space + 1)) } : none;
}

const none = { from: 0, to: 0, items: [] };

function atPeople(people, typed) {
  return people.filter(p => p.name.startsWith(typed) || p.real_name.toLowerCase().split(" ").some(w => w.startsWith(typed)))
    .map(p => ({ put: "@" + p.name + " ", label: p.real_name, note: "@" + p.name, face: p.id, sure: p.name !== typed }));
}

function atChannels(channels, typed) {
  return channels.filter(c => c.name.startsWith(typed)).map(c => ({ put: "#" + c.name + " ", label: "#" + c.name, note: "", sure: c.name !== typed }));
}

// words proposes the words of a command. What stands in brackets is for the person to fill in, so it is only said.
function words(hint, typed) {
  const items = [];
  for (const verb of hint.verbs || []) {
    const word = verb[0] === "[" ? "" : verb.split(" ")[0], rest = verb.slice(word.length).trim();
    if (!word) {
      items.push({ label: hint.command, note: rest });
    } else if (word.startsWith(typed.toLowerCase()) && word !== typed) {
      items.push({ put: word + (rest ? " " : ""), label: word, note: rest, sure: typed !== "" });
    } else if (rest && (typed === word || typed.startsWith(word + " "))) {
      return [{ label: hint.command + " " + word, note: rest }];
    }
  }
  const chosen = items.filter(i => i.put);
  return typed === "" ? [...chosen, ...items.filter(i => !i.put)] : [...chosen, ...items.filter(i => !i.put)].slice(0, 6);
}
