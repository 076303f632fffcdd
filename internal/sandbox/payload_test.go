package sandbox

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func long(n int) string { return strings.Repeat("ä", n) } // two bytes, one character

func repeat(n int, item string) string {
	return "[" + strings.TrimSuffix(strings.Repeat(item+",", n), ",") + "]"
}

// plainT and mrk write text objects.
func plainT(n int) string { return `{"type":"plain_text","text":"` + long(n) + `","emoji":true}` }
func mrk(n int) string    { return `{"type":"mrkdwn","text":"` + long(n) + `"}` }

func option(text, value, description int) string {
	return fmt.Sprintf(`{"text":%s,"value":"%s","description":%s}`, plainT(text), long(value), plainT(description))
}

func actionsOf(elements string) string { return `[{"type":"actions","elements":[` + elements + `]}]` }
func sectionOf(rest string) string     { return `[{"type":"section","text":` + mrk(1) + `,` + rest + `}]` }
func cellsOf(rows, cells, chars int) string {
	return repeat(rows, repeat(cells, `{"type":"raw_text","text":"`+long(chars)+`"}`))
}
func tableOf(rows string) string { return `[{"type":"table","rows":` + rows + `}]` }
func chartOf(title int, chart string) string {
	return fmt.Sprintf(`{"type":"data_visualization","title":"%s","chart":%s}`, long(title), chart)
}

const bar = `{"type":"bar","series":[{"name":"Sent","data":[{"label":"Mon","value":3}]}],"axis_config":{"categories":["Mon"]}}`

// distinct builds n action buttons with ids of their own.
func distinct(n int) string {
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf(`{"type":"button","action_id":"a%d","text":%s}`, i, plainT(1)))
	}
	return strings.Join(all, ",")
}

// Every limit with the largest payload that passes and the smallest that does not.
func TestMessageLimits(t *testing.T) {
	for _, c := range []struct{ name, good, bad, want string }{
		{"section text", `[{"type":"section","text":` + mrk(3000) + `}]`, `[{"type":"section","text":` + mrk(3001) + `}]`,
			"must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		{"empty section text", `[{"type":"section","text":` + mrk(1) + `}]`, `[{"type":"section","text":` + mrk(0) + `}]`,
			"must be more than 0 characters [json-pointer:/blocks/0/text/text]"},
		{"section of nothing", `[{"type":"section","fields":[` + mrk(1) + `]}]`, `[{"type":"section"}]`,
			"must define either `text` or `fields` [json-pointer:/blocks/0]"},
		{"fields", `[{"type":"section","fields":` + repeat(10, mrk(1)) + `}]`, `[{"type":"section","fields":` + repeat(11, mrk(1)) + `}]`,
			"no more than 10 items allowed [json-pointer:/blocks/0/fields]"},
		{"field text", `[{"type":"section","fields":[` + mrk(2000) + `]}]`, `[{"type":"section","fields":[` + mrk(2001) + `]}]`,
			"must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]"},
		{"blocks", repeat(50, `{"type":"divider"}`), repeat(51, `{"type":"divider"}`), "no more than 50 items allowed [json-pointer:/blocks]"},
		{"header", `[{"type":"header","text":` + plainT(150) + `}]`, `[{"type":"header","text":` + plainT(151) + `}]`,
			"must be less than 151 characters [json-pointer:/blocks/0/text/text]"},
		{"header is plain", `[{"type":"header","text":` + plainT(1) + `}]`, `[{"type":"header","text":` + mrk(1) + `}]`,
			"must be a valid enum value: plain_text [json-pointer:/blocks/0/text/type]"},
		{"context", `[{"type":"context","elements":` + repeat(10, mrk(1)) + `}]`, `[{"type":"context","elements":` + repeat(11, mrk(1)) + `}]`,
			"no more than 10 items allowed [json-pointer:/blocks/0/elements]"},
		{"context takes no button", `[{"type":"context","elements":[{"type":"image","image_url":"https://x","alt_text":"x"}]}]`,
			`[{"type":"context","elements":[{"type":"button","text":` + plainT(1) + `}]}]`,
			"must be a valid enum value: plain_text, mrkdwn [json-pointer:/blocks/0/elements/0/type]"},
		{"actions", actionsOf(distinct(25)), actionsOf(distinct(26)), "no more than 25 items allowed [json-pointer:/blocks/0/elements]"},
		{"no actions", actionsOf(distinct(1)), actionsOf(""), "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"},
		{"button text", actionsOf(`{"type":"button","text":` + plainT(75) + `}`), actionsOf(`{"type":"button","text":` + plainT(76) + `}`),
			"must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"},
		{"button value", actionsOf(`{"type":"button","text":` + plainT(1) + `,"value":"` + long(2000) + `"}`),
			actionsOf(`{"type":"button","text":` + plainT(1) + `,"value":"` + long(2001) + `"}`),
			"must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]"},
		{"button url", actionsOf(`{"type":"button","text":` + plainT(1) + `,"url":"` + long(3000) + `"}`),
			actionsOf(`{"type":"button","text":` + plainT(1) + `,"url":"` + long(3001) + `"}`),
			"must be less than 3001 characters [json-pointer:/blocks/0/elements/0/url]"},
		{"button style", actionsOf(`{"type":"button","text":` + plainT(1) + `,"style":"danger"}`),
			actionsOf(`{"type":"button","text":` + plainT(1) + `,"style":"default"}`),
			"must be a valid enum value: primary, danger [json-pointer:/blocks/0/elements/0/style]"},
		{"accessibility label", actionsOf(`{"type":"button","text":` + plainT(1) + `,"accessibility_label":"` + long(75) + `"}`),
			actionsOf(`{"type":"button","text":` + plainT(1) + `,"accessibility_label":"` + long(76) + `"}`),
			"must be less than 76 characters [json-pointer:/blocks/0/elements/0/accessibility_label]"},
		{"action_id", actionsOf(`{"type":"button","action_id":"` + long(255) + `","text":` + plainT(1) + `}`),
			actionsOf(`{"type":"button","action_id":"` + long(256) + `","text":` + plainT(1) + `}`),
			"must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]"},
		{"block_id", `[{"type":"divider","block_id":"` + long(255) + `"}]`, `[{"type":"divider","block_id":"` + long(256) + `"}]`,
			"must be less than 256 characters [json-pointer:/blocks/0/block_id]"},
		{"duplicate block_id", `[{"type":"divider","block_id":"a"},{"type":"divider","block_id":"b"}]`,
			`[{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}]`, "`block_id` must be unique: a [json-pointer:/blocks/1/block_id]"},
		{"duplicate action_id", actionsOf(distinct(2)), actionsOf(distinct(1) + "," + distinct(1)),
			"`action_id` must be unique in its block: a0 [json-pointer:/blocks/0]"},
		{"confirm", actionsOf(`{"type":"button","text":` + plainT(1) + `,"confirm":{"title":` + plainT(100) + `,"text":` + mrk(300) + `,"confirm":` + plainT(30) + `}}`),
			actionsOf(`{"type":"button","text":` + plainT(1) + `,"confirm":{"title":` + plainT(101) + `,"text":` + mrk(300) + `,"confirm":` + plainT(30) + `}}`),
			"must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]"},
		{"options", sectionOf(`"accessory":{"type":"static_select","options":` + repeat(100, option(75, 150, 75)) + `}`),
			sectionOf(`"accessory":{"type":"static_select","options":` + repeat(101, option(1, 1, 1)) + `}`),
			"no more than 100 items allowed [json-pointer:/blocks/0/accessory/options]"},
		{"option text", sectionOf(`"accessory":{"type":"static_select","options":[` + option(75, 1, 1) + `]}`),
			sectionOf(`"accessory":{"type":"static_select","options":[` + option(76, 1, 1) + `]}`),
			"must be less than 76 characters [json-pointer:/blocks/0/accessory/options/0/text/text]"},
		{"option value", sectionOf(`"accessory":{"type":"static_select","options":[` + option(1, 150, 1) + `]}`),
			sectionOf(`"accessory":{"type":"static_select","options":[` + option(1, 151, 1) + `]}`),
			"must be less than 151 characters [json-pointer:/blocks/0/accessory/options/0/value]"},
		{"options or groups", sectionOf(`"accessory":{"type":"static_select","option_groups":[{"label":` + plainT(75) + `,"options":[` + option(1, 1, 1) + `]}]}`),
			sectionOf(`"accessory":{"type":"static_select"}`), "must define either `options` or `option_groups` [json-pointer:/blocks/0/accessory]"},
		{"initial option", sectionOf(`"accessory":{"type":"static_select","options":[` + option(1, 1, 1) + `],"initial_option":` + option(1, 1, 1) + `}`),
			sectionOf(`"accessory":{"type":"static_select","options":[` + option(1, 1, 1) + `],"initial_option":` + option(2, 1, 1) + `}`),
			"initial option must be one of the options: ä [json-pointer:/blocks/0/accessory]"},
		{"overflow", sectionOf(`"accessory":{"type":"overflow","options":` + repeat(5, option(1, 1, 1)) + `}`),
			sectionOf(`"accessory":{"type":"overflow","options":` + repeat(6, option(1, 1, 1)) + `}`),
			"no more than 5 items allowed [json-pointer:/blocks/0/accessory/options]"},
		{"radio buttons", sectionOf(`"accessory":{"type":"radio_buttons","options":` + repeat(10, option(1, 1, 1)) + `}`),
			sectionOf(`"accessory":{"type":"radio_buttons","options":` + repeat(11, option(1, 1, 1)) + `}`),
			"no more than 10 items allowed [json-pointer:/blocks/0/accessory/options]"},
		{"placeholder", sectionOf(`"accessory":{"type":"users_select","placeholder":` + plainT(150) + `}`),
			sectionOf(`"accessory":{"type":"users_select","placeholder":` + plainT(151) + `}`),
			"must be less than 151 characters [json-pointer:/blocks/0/accessory/placeholder/text]"},
		{"accessory is no input", sectionOf(`"accessory":{"type":"datepicker","initial_date":"2026-11-24"}`),
			sectionOf(`"accessory":{"type":"plain_text_input"}`), "unsupported type: plain_text_input [json-pointer:/blocks/0/accessory/type]"},
		{"date", sectionOf(`"accessory":{"type":"datepicker","initial_date":"2026-02-28"}`),
			sectionOf(`"accessory":{"type":"datepicker","initial_date":"2026-02-30"}`), "must be written like 2006-01-02 [json-pointer:/blocks/0/accessory/initial_date]"},
		{"unknown block", `[{"type":"divider"}]`, `[{"type":"rainbow"}]`, "unsupported type: rainbow [json-pointer:/blocks/0/type]"},
		{"no alert in messages", `[{"type":"markdown","text":"x"}]`, `[{"type":"alert","text":` + mrk(1) + `}]`, "unsupported type: alert [json-pointer:/blocks/0/type]"},
		{"markdown, all together", `[{"type":"markdown","text":"` + long(6000) + `"},{"type":"markdown","text":"` + long(6000) + `"}]`,
			`[{"type":"markdown","text":"` + long(6000) + `"},{"type":"markdown","text":"` + long(6001) + `"}]`,
			"all markdown blocks together must be less than 12001 characters [json-pointer:/blocks/1/text]"},
		{"unknown property", `[{"type":"divider","block_id":"a"}]`, `[{"type":"divider","colour":"red"}]`, "invalid additional property: colour [json-pointer:/blocks/0]"},
		{"emoji in mrkdwn", `[{"type":"section","text":{"type":"mrkdwn","text":"x","verbatim":true}}]`,
			`[{"type":"section","text":{"type":"mrkdwn","text":"x","emoji":false}}]`, "invalid additional property: emoji [json-pointer:/blocks/0/text]"},
		{"a block is an object", `[{"type":"divider"}]`, `["divider"]`, "must provide an object [json-pointer:/blocks/0]"},
		{"blocks are an array", `[]`, `{"type":"divider"}`, "must provide an array [json-pointer:/blocks]"},
		{"image", `[{"type":"image","image_url":"https://x","alt_text":"x"}]`, `[{"type":"image","image_url":"https://x"}]`,
			"missing required field: alt_text [json-pointer:/blocks/0]"},
		{"image from somewhere", `[{"type":"image","slack_file":{"id":"F1"},"alt_text":"x"}]`, `[{"type":"image","alt_text":"x"}]`,
			"must define either `image_url` or `slack_file` [json-pointer:/blocks/0]"},

		{"table rows", tableOf(cellsOf(100, 1, 1)), tableOf(cellsOf(101, 1, 1)), "no more than 100 items allowed [json-pointer:/blocks/0/rows]"},
		{"table cells", tableOf(cellsOf(1, 20, 1)), tableOf(cellsOf(1, 21, 1)), "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]"},
		{"table text", tableOf(cellsOf(100, 20, 5)), tableOf(cellsOf(100, 20, 6)), "all cells together must be less than 10001 characters [json-pointer:/blocks/0/rows]"},
		{"empty cell", tableOf(cellsOf(1, 1, 1)), tableOf(cellsOf(1, 1, 0)), "must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]"},
		{"number cell", tableOf(cellsOf(1, 1, 1)), tableOf(`[[{"type":"raw_number","value":3}]]`), "unsupported type: raw_number [json-pointer:/blocks/0/rows/0/0/type]"},
		{"empty alignment", `[{"type":"table","rows":` + cellsOf(1, 1, 1) + `,"column_settings":[{"align":"right","is_wrapped":true}]}]`,
			`[{"type":"table","rows":` + cellsOf(1, 1, 1) + `,"column_settings":[{"align":"","is_wrapped":true}]}]`,
			"must be a valid enum value: left, center, right [json-pointer:/blocks/0/column_settings/0/align]"},
		{"data table rows", `[{"type":"data_table","caption":"x","rows":` + cellsOf(201, 1, 1) + `}]`, `[{"type":"data_table","caption":"x","rows":` + cellsOf(202, 1, 1) + `}]`,
			"no more than 201 items allowed [json-pointer:/blocks/0/rows]"},
		{"data table caption", `[{"type":"data_table","caption":"x","rows":` + cellsOf(2, 1, 1) + `}]`, `[{"type":"data_table","rows":` + cellsOf(2, 1, 1) + `}]`,
			"missing required field: caption [json-pointer:/blocks/0]"},
		{"chart title", "[" + chartOf(50, bar) + "]", "[" + chartOf(51, bar) + "]", "must be less than 51 characters [json-pointer:/blocks/0/title]"},
		{"charts", "[" + chartOf(1, bar) + "," + chartOf(1, bar) + "]", "[" + chartOf(1, bar) + "," + chartOf(1, bar) + "," + chartOf(1, bar) + "]",
			"no more than 2 data_visualization blocks allowed [json-pointer:/blocks]"},
		{"chart categories", "[" + chartOf(1, bar) + "]", "[" + chartOf(1, strings.Replace(bar, `["Mon"]`, `["Mon","Tue"]`, 1)) + "]",
			"must have one point for every category [json-pointer:/blocks/0/chart/series/0/data]"},
		{"chart label", "[" + chartOf(1, strings.ReplaceAll(bar, "Mon", long(20))) + "]", "[" + chartOf(1, strings.ReplaceAll(bar, "Mon", long(21))) + "]",
			"must be less than 21 characters [json-pointer:/blocks/0/chart/series/0/data/0/label]"},
		{"pie", "[" + chartOf(1, `{"type":"pie","segments":`+repeat(6, `{"label":"x","value":1}`)+`}`) + "]",
			"[" + chartOf(1, `{"type":"pie","segments":`+repeat(7, `{"label":"x","value":1}`)+`}`) + "]",
			"no more than 6 items allowed [json-pointer:/blocks/0/chart/segments]"},
		{"rich text", `[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"x","style":{"bold":true}},{"type":"date","timestamp":1795424400,"format":"{ago}"}]}]}]`,
			`[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":""}]}]}]`,
			"must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]"},
		{"rich text list", `[{"type":"rich_text","elements":[{"type":"rich_text_list","style":"bullet","elements":[{"type":"rich_text_section","elements":[]}]}]}]`,
			`[{"type":"rich_text","elements":[{"type":"rich_text_list","style":"stars","elements":[]}]}]`,
			"must be a valid enum value: bullet, ordered [json-pointer:/blocks/0/elements/0/style]"},
		{"card", `[{"type":"card","title":` + mrk(150) + `}]`, `[{"type":"card","title":` + mrk(151) + `}]`, "must be less than 151 characters [json-pointer:/blocks/0/title/text]"},
		{"container", `[{"type":"container","title":` + plainT(150) + `,"child_blocks":` + repeat(10, `{"type":"divider"}`) + `}]`,
			`[{"type":"container","title":` + plainT(150) + `,"child_blocks":` + repeat(11, `{"type":"divider"}`) + `}]`,
			"no more than 10 items allowed [json-pointer:/blocks/0/child_blocks]"},
		{"layout", `[{"type":"layout","label":"x","rows":[{"items":` + repeat(3, `{"block":{"type":"divider"}}`) + `}]}]`,
			`[{"type":"layout","label":"x","rows":[{"items":` + repeat(4, `{"block":{"type":"divider"}}`) + `}]}]`,
			"no more than 3 items allowed [json-pointer:/blocks/0/rows/0/items]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if no := messageRefusal(t, c.good); no != nil {
				t.Errorf("refused what Slack takes: %v", no.messages)
			}
			no := messageRefusal(t, c.bad)
			if no == nil || no.code != "invalid_blocks" || !slices.Contains(no.messages, c.want) {
				t.Errorf("got %+v, want %s", no, c.want)
			}
		})
	}
}

func messageRefusal(t *testing.T, raw string) *refusal {
	t.Helper()
	v, err := decode([]byte(raw))
	if err != nil {
		t.Fatalf("%v in %.200s", err, raw)
	}
	list, ok := v.([]any)
	if !ok { // what a caller would meet before the check
		return &refusal{code: "invalid_blocks", messages: []string{"must provide an array [json-pointer:/blocks]"}}
	}
	return checkMessage(list)
}

func TestOneTablePerMessage(t *testing.T) {
	two := strings.TrimSuffix(tableOf(cellsOf(1, 1, 1)), "]") + `,{"type":"data_table","caption":"x","rows":` + cellsOf(2, 1, 1) + `}]`
	if no := messageRefusal(t, two); no == nil || no.code != "invalid_attachments" || no.messages[0] != "only_one_table_allowed [json-pointer:/blocks]" {
		t.Errorf("got %+v", no)
	}
}

func modalOf(rest string) string {
	return `{"type":"modal","title":` + plainT(1) + `,"submit":` + plainT(1) + `,"blocks":[` + rest + `]}`
}

func inputOf(element string) string {
	return modalOf(`{"type":"input","label":` + plainT(1) + `,"element":` + element + `}`)
}

func TestViewLimits(t *testing.T) {
	base := `{"type":"modal","title":` + plainT(24) + `,"submit":` + plainT(24) + `,"close":` + plainT(24) + `,"private_metadata":"` + long(3000) + `","callback_id":"` + long(255) + `","blocks":[]}`
	change := func(old, new string) string {
		out := strings.Replace(base, old, new, 1)
		if out == base {
			t.Fatalf("%q is not in the view", old)
		}
		return out
	}
	for _, c := range []struct{ name, kind, good, bad, want string }{
		{"title", "modal", base, change(`"title":`+plainT(24), `"title":`+plainT(25)), "must be less than 25 characters [json-pointer:/view/title/text]"},
		{"submit", "modal", base, change(`"submit":`+plainT(24), `"submit":`+plainT(25)), "must be less than 25 characters [json-pointer:/view/submit/text]"},
		{"close", "modal", base, change(`"close":`+plainT(24), `"close":`+plainT(25)), "must be less than 25 characters [json-pointer:/view/close/text]"},
		{"private_metadata", "modal", base, change(long(3000), long(3001)), "must be less than 3001 characters [json-pointer:/view/private_metadata]"},
		{"callback_id", "modal", base, change(`"callback_id":"`+long(255), `"callback_id":"`+long(256)), "must be less than 256 characters [json-pointer:/view/callback_id]"},
		{"type", "modal", base, change(`"type":"modal"`, `"type":"home"`), "must be a valid enum value: modal [json-pointer:/view/type]"},
		{"no title", "modal", base, change(`"title":`+plainT(24)+`,`, ``), "missing required field: title [json-pointer:/view]"},
		{"unknown property", "modal", base, change(`"blocks":[]`, `"blocks":[],"colour":1`), "invalid additional property: colour [json-pointer:/view]"},
		{"blocks", "modal", change(`[]`, repeat(100, `{"type":"divider"}`)), change(`[]`, repeat(101, `{"type":"divider"}`)),
			"no more than 100 items allowed [json-pointer:/view/blocks]"},
		{"input without submit", "modal", inputOf(`{"type":"plain_text_input"}`),
			strings.Replace(inputOf(`{"type":"plain_text_input"}`), `"submit":`+plainT(1)+`,`, ``, 1), "must define `submit` to use an `input` block in a modal [json-pointer:/view]"},
		{"input label", "modal", modalOf(`{"type":"input","label":` + plainT(2000) + `,"element":{"type":"plain_text_input"}}`),
			modalOf(`{"type":"input","label":` + plainT(2001) + `,"element":{"type":"plain_text_input"}}`),
			"must be less than 2001 characters [json-pointer:/view/blocks/0/label/text]"},
		{"input hint", "modal", modalOf(`{"type":"input","label":` + plainT(1) + `,"hint":` + plainT(2000) + `,"element":{"type":"plain_text_input"}}`),
			modalOf(`{"type":"input","label":` + plainT(1) + `,"hint":` + plainT(2001) + `,"element":{"type":"plain_text_input"}}`),
			"must be less than 2001 characters [json-pointer:/view/blocks/0/hint/text]"},
		{"input of a button", "modal", inputOf(`{"type":"checkboxes","options":[` + option(1, 1, 1) + `]}`), inputOf(`{"type":"button","text":` + plainT(1) + `}`),
			"unsupported type: button [json-pointer:/view/blocks/0/element/type]"},
		{"initial value", "modal", inputOf(`{"type":"plain_text_input","initial_value":"` + long(3000) + `"}`), inputOf(`{"type":"plain_text_input","initial_value":"` + long(3001) + `"}`),
			"must be less than 3001 characters [json-pointer:/view/blocks/0/element/initial_value]"},
		{"max_length", "modal", inputOf(`{"type":"plain_text_input","max_length":3000}`), inputOf(`{"type":"plain_text_input","max_length":3001}`),
			"must be between 1 and 3000 [json-pointer:/view/blocks/0/element/max_length]"},
		{"number bounds are strings", "modal", inputOf(`{"type":"number_input","is_decimal_allowed":false,"min_value":"1"}`), inputOf(`{"type":"number_input","is_decimal_allowed":false,"min_value":1}`),
			"must provide a string [json-pointer:/view/blocks/0/element/min_value]"},
		{"number says decimals", "modal", inputOf(`{"type":"number_input","is_decimal_allowed":true}`), inputOf(`{"type":"number_input"}`),
			"missing required field: is_decimal_allowed [json-pointer:/view/blocks/0/element]"},
		{"one focus", "modal", inputOf(`{"type":"plain_text_input","focus_on_load":true}`),
			modalOf(strings.Repeat(`{"type":"input","label":`+plainT(1)+`,"element":{"type":"plain_text_input","focus_on_load":true}},`, 2) + `{"type":"divider"}`),
			"only one element may set focus_on_load [json-pointer:/view/blocks/1/element/focus_on_load]"},
		{"alert", "modal", modalOf(`{"type":"alert","text":` + mrk(200) + `}`), modalOf(`{"type":"alert","text":` + mrk(201) + `}`),
			"must be less than 201 characters [json-pointer:/view/blocks/0/text/text]"},
		{"no table in a modal", "modal", modalOf(`{"type":"divider"}`), modalOf(`{"type":"table","rows":` + cellsOf(1, 1, 1) + `}`),
			"unsupported type: table [json-pointer:/view/blocks/0/type]"},
		{"table at home", "home", `{"type":"home","blocks":[{"type":"table","rows":` + cellsOf(1, 1, 1) + `}]}`, `{"type":"home","blocks":[` + chartOf(1, bar) + `]}`,
			"unsupported type: data_visualization [json-pointer:/view/blocks/0/type]"},
		{"home has no title", "home", `{"type":"home","blocks":[],"callback_id":"x"}`, `{"type":"home","blocks":[],"title":` + plainT(1) + `}`,
			"invalid additional property: title [json-pointer:/view]"},
		{"home blocks", "home", `{"type":"home","blocks":` + repeat(100, `{"type":"divider"}`) + `}`, `{"type":"home","blocks":` + repeat(101, `{"type":"divider"}`) + `}`,
			"no more than 100 items allowed [json-pointer:/view/blocks]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if no := viewRefusal(t, c.kind, c.good); no != nil {
				t.Errorf("refused what Slack takes: %v", no.messages)
			}
			no := viewRefusal(t, c.kind, c.bad)
			if no == nil || no.code != "invalid_arguments" || !slices.Contains(no.messages, c.want) {
				t.Errorf("got %+v, want %s", no, c.want)
			}
		})
	}
	if no := viewRefusal(t, "modal", modalOf(strings.TrimSuffix(strings.Repeat(`{"type":"section","text":`+mrk(3000)+`},`, 50), ","))); no == nil || no.code != "view_too_large" {
		t.Errorf("a view of 300 kB: %+v", no)
	}
}

func viewRefusal(t *testing.T, kind, raw string) *refusal {
	t.Helper()
	v, err := decode([]byte(raw))
	if err != nil {
		t.Fatalf("%v in %.200s", err, raw)
	}
	return checkView(kind, v)
}

func TestTextOfAllBlocks(t *testing.T) {
	fits := []any{}
	for range 4 {
		v, _ := decode([]byte(`{"type":"section","text":` + mrk(3000) + `}`))
		fits = append(fits, v)
	}
	if no := checkPosted(fits); no != nil {
		t.Errorf("12,000 characters: %+v", no)
	}
	over, _ := decode([]byte(`{"type":"section","text":` + mrk(1) + `}`))
	if no := checkPosted(append(fits, over)); no == nil || no.code != "msg_blocks_too_long" {
		t.Errorf("12,001 characters: %+v", no)
	}
}

// Nothing that is JSON makes the check panic.
func FuzzCheck(f *testing.F) {
	f.Add([]byte(tableOf(cellsOf(2, 2, 1))))
	f.Add([]byte("[" + chartOf(1, bar) + "]"))
	f.Add([]byte(`[{"type":"data_table","caption":"x","rows":[[],[null]]}]`))
	f.Add([]byte(`{"type":"modal","blocks":[{"type":"input","element":null}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		v, err := decode(raw)
		if err != nil {
			return
		}
		if list, ok := v.([]any); ok {
			no := checkPosted(list)
			if no != nil && !json.Valid(jsonBytes(no.json())) {
				t.Error("a refusal that is no JSON")
			}
		}
		checkView("modal", v)
		checkView("home", v)
	})
}
