package sandbox

import (
	"strings"
	"testing"

	"github.com/slack-go/slack"
)

// parsed reads JSON as it comes over the wire.
func parsed(t *testing.T, raw string) any {
	t.Helper()
	v, err := decode([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

const blocksInBlocks = `[
 {"type":"container","block_id":"box","title":{"type":"plain_text","text":"Box"},"child_blocks":[
  {"type":"section","block_id":"inbox","text":{"type":"mrkdwn","text":"x"},"accessory":{"type":"button","action_id":"undo","value":"in box","text":{"type":"plain_text","text":"Undo"}}},
  {"type":"layout","block_id":"deep","label":"L","rows":[{"items":[{"block":{"type":"actions","block_id":"deepest","elements":[{"type":"button","action_id":"deep","value":"d","text":{"type":"plain_text","text":"D"}}]}}]}]}]},
 {"type":"layout","label":"Two","rows":[{"items":[
  {"block":{"type":"section","block_id":"left","text":{"type":"mrkdwn","text":"l"},"accessory":{"type":"button","action_id":"undo","value":"left","text":{"type":"plain_text","text":"Undo"}}}},
  {"block":{"type":"actions","block_id":"right","elements":[{"type":"static_select","action_id":"pick","options":[{"text":{"type":"plain_text","text":"A"},"value":"a"}]}]}}]}]},
 {"type":"card","block_id":"card","body":{"type":"plain_text","text":"c"},"actions":[{"type":"button","action_id":"open","value":"card","text":{"type":"plain_text","text":"Open"}}]},
 {"type":"carousel","block_id":"cards","elements":[
  {"type":"card","block_id":"first","body":{"type":"plain_text","text":"1"},"actions":[{"type":"button","action_id":"see","value":"one","text":{"type":"plain_text","text":"See"}}]},
  {"type":"card","block_id":"second","body":{"type":"plain_text","text":"2"},"actions":[{"type":"button","action_id":"see","value":"two","text":{"type":"plain_text","text":"See"}}]}]},
 {"type":"data_table","block_id":"table","caption":"T","rows":[[{"type":"raw_text","text":"Who"},{"type":"raw_text","text":"Do"}],
  [{"type":"raw_text","text":"Ana"},{"type":"action_cell","element":{"type":"button","action_id":"nudge","value":"ana","text":{"type":"plain_text","text":"Nudge"}}}],
  [{"type":"raw_text","text":"Ben"},{"type":"action_cell","element":{"type":"button","action_id":"nudge","value":"ben","text":{"type":"plain_text","text":"Nudge"}}}]]},
 {"type":"context_actions","block_id":"said","elements":[{"type":"feedback_buttons","action_id":"good","positive_button":{"text":{"type":"plain_text","text":"Yes"},"value":"up"},"negative_button":{"text":{"type":"plain_text","text":"No"},"value":"down"}}]}
]`

// What stands in blocks in blocks, on cards and in cells is pressed like all else, and named by the block it
// stands in.
func TestPressInsideBlocks(t *testing.T) {
	bubble(t, nil, func(l *lab) {
		var got *slack.BlockAction
		l.connect(&bot{
			command: func(slack.SlashCommand) any { return object{"text": "blocks", "blocks": parsed(t, blocksInBlocks)} },
			act: func(c slack.InteractionCallback) any {
				got = c.ActionCallback.BlockActions[0]
				respond(l, c.ResponseURL, object{"text": "ok"})
				return nil
			},
		})
		l.must("command", object{"user": "ana", "text": "/paceline"})
		for _, c := range []struct {
			press object
			want  []any // block, value
		}{
			{object{"action_id": "deep"}, []any{"deepest", "d"}},
			{object{"action_id": "undo"}, []any{"inbox", "in box"}},
			{object{"action_id": "undo", "value": "left"}, []any{"left", "left"}},
			{object{"action_id": "undo", "block_id": "left"}, []any{"left", "left"}},
			{object{"action_id": "open"}, []any{"card", "card"}},
			{object{"action_id": "see", "value": "two"}, []any{"second", "two"}},
			{object{"action_id": "see", "block_id": "first"}, []any{"first", "one"}},
			{object{"action_id": "nudge", "value": "ben"}, []any{"table", "ben"}},
			{object{"action_id": "good", "value": "down"}, []any{"said", "down"}},
			{object{"action_id": "pick", "value": "a"}, []any{"right", ""}},
		} {
			c.press["user"], got = "ana", nil
			l.must("press", c.press)
			if got == nil {
				l.Errorf("%v reached nobody", c.press)
				continue
			}
			l.want([]any{got.BlockID, got.Value}, c.want)
		}
		l.want(got.SelectedOption.Value, "a")
		for in, want := range map[*object]string{
			{"user": "ana", "action_id": "see", "block_id": "table"}:  "no button",
			{"user": "ana", "action_id": "nudge", "value": "cleo"}:    `"ana", "ben"`,
			{"user": "ana", "action_id": "good", "value": "sideways"}: `"up", "down"`,
			{"user": "ana", "action_id": "good"}:                      `"up", "down"`,
		} {
			status, out := l.post("press", *in)
			if status/100 != 4 || !strings.Contains(out["error"].(string), want) {
				l.Errorf("%v: %d %v", *in, status, out)
			}
		}
	})
}

// Blocks in blocks and their elements are given ids like all others, and what the bot sent stays as it was.
func TestIdsInsideBlocks(t *testing.T) {
	s := New(Config{URL: "http://slack.test"})
	defer s.Close()
	sent := parsed(t, strings.NewReplacer(`"block_id":"deepest",`, ``, `"action_id":"deep",`, ``, `"block_id":"first",`, ``).Replace(blocksInBlocks)).([]any)
	before := string(jsonBytes(sent))
	seen := map[string]bool{}
	for _, e := range elementsOf(s.labelled(sent)) {
		block, action := stringOf(e.block, "block_id"), stringOf(e.o, "action_id")
		if block == "" || action == "" {
			t.Errorf("%v has no id in %v", e.o, e.block)
		}
		seen[block+"/"+action+"/"+stringOf(e.o, "value")] = true
	}
	if len(seen) != 10 {
		t.Errorf("%d places: %v", len(seen), seen)
	}
	if after := string(jsonBytes(sent)); after != before {
		t.Errorf("the bot's own blocks were changed:\n%s\n%s", before, after)
	}
}

// A field inside a layout is filled in and complained about like one that stands alone; files go by name.
func TestFieldsInsideBlocks(t *testing.T) {
	view := parsed(t, `{"type":"modal","title":{"type":"plain_text","text":"M"},"submit":{"type":"plain_text","text":"Go"},"blocks":[
	 {"type":"layout","label":"L","rows":[{"items":[{"block":{"type":"input","block_id":"inner","label":{"type":"plain_text","text":"x"},"element":{"type":"plain_text_input","action_id":"a"}}}]}]},
	 {"type":"input","block_id":"files","optional":true,"label":{"type":"plain_text","text":"f"},"element":{"type":"file_input","action_id":"f","filetypes":["csv"],"max_files":2}}]}`)
	var values map[string]map[string]slack.BlockAction
	withModal(t, view, func(_ *lab, c slack.InteractionCallback, _ string) any {
		values = c.View.State.Values
		if values["inner"]["a"].Value == "bad" {
			return object{"response_action": "errors", "errors": object{"inner": "not this"}}
		}
		return nil
	}, func(l *lab) {
		submit := func(values object) any { return l.must("submit", object{"user": "ana", "values": values})["errors"] }
		l.want(submit(object{}), object{"inner": "Please complete this required field."})
		l.want(submit(object{"inner": "bad"}), object{"inner": "not this"})
		l.want(submit(object{"inner": "good", "files": []string{"a.csv", "b.zip"}}), object{"files": "b.zip is not a file of the kind that is wanted."})
		l.want(submit(object{"inner": "good", "files": []string{"a.csv", "b.csv", "c.csv"}}), object{"files": "Choose at most 2 files."})
		l.want(submit(object{"inner": "good", "files": []string{"a.csv", "B.CSV"}}), object{})
		l.want([]any{values["inner"]["a"].Value, len(values["files"]["f"].Files), values["files"]["f"].Files[1].Name, values["files"]["f"].Files[0].Filetype},
			[]any{"good", 2, "B.CSV", "csv"})
	})
}
