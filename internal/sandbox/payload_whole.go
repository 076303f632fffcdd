package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

var errTrailing = errors.New("something stands behind the JSON value")

// checkMessage judges the blocks of a message.
func checkMessage(blocks []any) *refusal {
	c := newCheck(inMessage)
	list(0, messageBlocks, (*check).block)(c, blocks, "/blocks")
	if c.charts > chartsInMessage {
		c.fault("/blocks", "no more than %d data_visualization blocks allowed", chartsInMessage)
	}
	switch {
	case len(c.wrong) > 0:
		return &refusal{code: "invalid_blocks", messages: c.wrong}
	case c.tables > 1:
		return &refusal{code: "invalid_attachments", messages: []string{"only_one_table_allowed [json-pointer:/blocks]"}}
	}
	return nil
}

// checkPosted judges a message that goes through chat.postMessage or chat.update, which also bound the text of
// all blocks together.
func checkPosted(blocks []any) *refusal {
	if no := checkMessage(blocks); no != nil {
		return no
	}
	if textOf(any(blocks)) > blocksText {
		return refuse("msg_blocks_too_long")
	}
	return nil
}

var (
	viewCommon = []field{{"private_metadata", str(0, 3000)}, {"callback_id", str(0, 255)}, {"external_id", str(0, 255)}}
	modalShape = shape{
		must: []field{{"title", plainText(24)}, {"blocks", list(0, viewBlocks, (*check).block)}},
		may: fields(viewCommon, []field{{"submit", plainText(24)}, {"close", plainText(24)}, {"clear_on_close", flag}, {"notify_on_close", flag},
			{"submit_disabled", flag}}),
		also: func(c *check, v any, at string) {
			if c.inputs > 0 && v.(object)["submit"] == nil {
				c.fault(at, "must define `submit` to use an `input` block in a modal")
			}
		},
	}
	homeShape = shape{must: []field{{"blocks", list(0, viewBlocks, (*check).block)}}, may: viewCommon}
)

// viewBytes is the largest view Slack takes.
const viewBytes = 250 * 1024

// checkView judges a view of the given type, "modal" or "home".
func checkView(kind string, v any) *refusal {
	o, ok := v.(object)
	if !ok {
		return &refusal{code: "invalid_arguments", messages: []string{"must provide an object [json-pointer:/view]"}}
	}
	if raw, err := json.Marshal(o); err != nil || len(raw) > viewBytes {
		return refuse("view_too_large")
	}
	if got := stringOf(o, "type"); got != kind {
		return &refusal{code: "invalid_arguments", messages: []string{fmt.Sprintf("must be a valid enum value: %s [json-pointer:/view/type]", kind)}}
	}
	on, sh := inModal, modalShape
	if kind == "home" {
		on, sh = inHome, homeShape
	}
	c := newCheck(on)
	c.fit(sh, o, "/view")
	if len(c.wrong) > 0 {
		return &refusal{code: "invalid_arguments", messages: c.wrong}
	}
	return nil
}

// cut shortens a text to what Slack keeps of it.
func cut(text string) string {
	if utf8.RuneCountInString(text) <= messageText {
		return text
	}
	return string([]rune(text)[:messageText])
}
