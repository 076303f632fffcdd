package sandbox

import (
	"slices"
	"unicode/utf8"
)

// Limits of a whole message or view.
const (
	messageBlocks   = 50
	viewBlocks      = 100
	messageText     = 40_000 // longer text is cut
	blocksText      = 12_000 // all text in the blocks of one chat.postMessage
	cellsText       = 10_000 // all cells of a table
	dataCellsText   = 20_000 // all cells of a data table
	markdownText    = 12_000 // all markdown blocks together
	chartsInMessage = 2
)

var blockID = field{"block_id", str(1, 255)}

// blockShapes are Slack's blocks, where they may stand, and their limits.
var blockShapes = map[string]shape{
	"section": {
		on: anywhere,
		may: []field{blockID, {"text", anyText(3000)}, {"fields", list(1, 10, anyText(2000))},
			{"accessory", element(accessories...)}, {"expand", flag}},
		also: func(c *check, v any, at string) {
			if o := v.(object); o["text"] == nil && o["fields"] == nil {
				c.fault(at, "must define either `text` or `fields`")
			}
		},
	},
	"header":  {on: anywhere, must: []field{{"text", plainText(150)}}, may: []field{blockID, {"level", number(1, 4)}}},
	"divider": {on: anywhere, may: []field{blockID}},
	"image": {
		on:   anywhere,
		must: []field{{"alt_text", str(1, 2000)}},
		may:  []field{blockID, {"image_url", str(1, 3000)}, {"slack_file", anything}, {"title", plainText(2000)}},
		also: pictured,
	},
	"context":         {on: anywhere, must: []field{{"elements", list(1, 10, textOrImage)}}, may: []field{blockID}},
	"actions":         {on: anywhere, must: []field{{"elements", list(1, 25, element(actions...))}}, may: []field{blockID}},
	"context_actions": {on: inMessage, must: []field{{"elements", list(1, 5, element("feedback_buttons", "icon_button"))}}, may: []field{blockID}},
	"input": {
		on:   anywhere,
		must: []field{{"label", plainText(2000)}, {"element", element(inputs...)}},
		may:  []field{blockID, {"hint", plainText(2000)}, {"optional", flag}, {"dispatch_action", flag}},
		also: func(c *check, _ any, _ string) { c.inputs++ },
	},
	"rich_text": {on: anywhere, must: []field{{"elements", list(1, 1000, richText)}}, may: []field{blockID}},
	"markdown": {
		on:   inMessage,
		must: []field{{"text", str(1, markdownText)}},
		may:  []field{blockID},
		also: func(c *check, v any, at string) {
			if c.markdown += utf8.RuneCountInString(stringOf(v.(object), "text")); c.markdown > markdownText {
				c.fault(at+"/text", "all markdown blocks together must be less than %d characters", markdownText+1)
			}
		},
	},
	"table": {
		on:   inMessage | inHome,
		must: []field{{"rows", list(1, 100, list(1, 20, cell("raw_text", "rich_text")))}},
		may:  []field{blockID, {"column_settings", list(0, 20, an(shape{may: []field{{"align", enum("left", "center", "right")}, {"is_wrapped", flag}}}))}},
		also: tableText(cellsText),
	},
	"data_table": {
		on:   inMessage | inHome,
		must: []field{{"caption", str(1, 2000)}, {"rows", list(2, 201, list(1, 20, cell("raw_text", "raw_number", "rich_text", "action_cell")))}},
		may:  []field{blockID, {"page_size", number(1, 100)}, {"row_header_column_index", number(0, 19)}},
		also: dataTable,
	},
	"data_visualization": {
		on:   inMessage,
		must: []field{{"title", str(1, 50)}, {"chart", chart}},
		may:  []field{blockID},
		also: func(c *check, _ any, _ string) { c.charts++ },
	},
	"alert": {
		on:   inModal,
		must: []field{{"text", anyText(200)}},
		may:  []field{blockID, {"level", enum("default", "info", "warning", "error", "success")}},
	},
	"card": cardShape,
	"carousel": {on: inMessage | inHome, must: []field{{"elements", list(1, 10, an(shape{
		may: cardShape.may, also: cardShape.also}))}}, may: []field{blockID}},
	"container": {
		on: inMessage | inHome,
		must: []field{{"child_blocks", list(1, 10, nestedBlock("actions", "context", "divider", "file", "header", "image", "input", "rich_text",
			"section", "table", "video", "layout"))}},
		may: []field{blockID, {"title", plainText(150)}, {"rich_text_title", anything}, {"subtitle", anyText(150)}, {"icon", element("image")},
			{"width", enum("narrow", "standard", "wide", "full")}, {"is_collapsible", flag}, {"default_collapsed", flag}, {"has_header_divider", flag}},
		also: func(c *check, v any, at string) {
			if o := v.(object); o["title"] == nil && o["rich_text_title"] == nil {
				c.fault(at, "missing required field: title")
			}
		},
	},
	"layout": {
		on: anywhere,
		must: []field{{"label", str(1, 150)}, {"rows", list(1, 5, an(shape{must: []field{{"items", list(1, 3, an(shape{
			must: []field{{"block", nestedBlock("context", "divider", "header", "image", "rich_text", "section", "table", "video", "actions",
				"alert", "card", "carousel", "container", "data_table", "data_visualization", "file", "input")}},
			may: []field{{"width", enum("narrow", "standard", "wide")}, {"horizontal_alignment", enum("start", "center", "end")}},
		}))}}}))}},
		may: []field{blockID, {"is_label_visible", flag}, {"grid_lines", enum("none", "rows", "outer")}, {"fallback", anything}},
	},
	"task_card": {on: inMessage, loose: true, must: []field{{"task_id", str(1, 255)}, {"title", str(1, 2000)}}},
	"plan":      {on: inMessage, loose: true, must: []field{{"title", str(1, 2000)}}},
	"video":     {on: anywhere, loose: true, must: []field{{"video_url", str(1, 3000)}, {"thumbnail_url", str(1, 3000)}, {"alt_text", str(1, 2000)}, {"title", plainText(199)}}},
	"file":      {on: inMessage, must: []field{{"external_id", str(1, 255)}, {"source", enum("remote")}}, may: []field{blockID}},
	"call":      {on: inMessage, loose: true, must: []field{{"call_id", str(1, 255)}}},
}

var cardShape = shape{
	on: anywhere,
	may: []field{blockID, {"hero_image", element("image")}, {"icon", element("image")}, {"slack_icon", anything}, {"title", anyText(150)},
		{"subtitle", anyText(150)}, {"body", anyText(200)}, {"subtext", anyText(200)}, {"actions", list(1, 3, element("button"))}},
	also: func(c *check, v any, at string) {
		if o := v.(object); o["hero_image"] == nil && o["title"] == nil && o["actions"] == nil && o["body"] == nil {
			c.fault(at, "must define one of `hero_image`, `title`, `actions` or `body`")
		}
	},
}

func textOrImage(c *check, v any, at string) {
	if o, ok := v.(object); ok && stringOf(o, "type") == "image" {
		c.one(c.elements, []string{"image"}, v, at)
		return
	}
	anyText(3000)(c, v, at)
}

// nestedBlock is a block inside a block.
func nestedBlock(kinds ...string) rule {
	return func(c *check, v any, at string) {
		if o, ok := v.(object); ok && !slices.Contains(kinds, stringOf(o, "type")) {
			c.fault(at+"/type", "unsupported type: %s", stringOf(o, "type"))
			return
		}
		c.block(v, at)
	}
}

// block checks one block: known, allowed on this surface, of the right shape, and its ids used once.
func (c *check) block(v any, at string) {
	o, ok := v.(object)
	if !ok {
		c.fault(at, "must provide an object")
		return
	}
	kind := stringOf(o, "type")
	sh, known := c.blocks[kind]
	if !known || sh.on&c.on == 0 {
		c.fault(at+"/type", "unsupported type: %s", kind)
		return
	}
	c.fit(sh, o, at)
	if id := stringOf(o, "block_id"); id != "" {
		if c.ids[id] {
			c.fault(at+"/block_id", "`block_id` must be unique: %s", id)
		}
		c.ids[id] = true
	}
	if kind == "data_table" {
		return // each row may have the same button, told apart by its value
	}
	seen := make(map[string]bool)
	for _, e := range slotsOf(o) {
		if id := stringOf(e.o, "action_id"); id != "" {
			if seen[id] {
				c.fault(at, "`action_id` must be unique in its block: %s", id)
			}
			seen[id] = true
		}
	}
}

// textOf adds up the characters of every property called text, however deep.
func textOf(v any) int {
	total := 0
	switch v := v.(type) {
	case object:
		for name, x := range v {
			if text, ok := x.(string); ok && name == "text" {
				total += utf8.RuneCountInString(text)
			} else {
				total += textOf(x)
			}
		}
	case []any:
		for _, x := range v {
			total += textOf(x)
		}
	}
	return total
}
