package sandbox

// A slot is an element and the block it stands in.
type slot struct {
	block object
	o     object
}

// slotsOf lists what can be pressed or filled in one block, not counting the blocks inside it: its accessory,
// its input, its elements, a card's actions, the buttons in a table's cells.
func slotsOf(block object) []slot {
	var out []slot
	add := func(v any) {
		if o, ok := v.(object); ok && interactive[stringOf(o, "type")] {
			out = append(out, slot{block, o})
		}
	}
	add(block["accessory"])
	add(block["element"])
	for _, name := range []string{"elements", "actions"} {
		for _, x := range listOf(block, name) {
			add(x)
		}
	}
	if stringOf(block, "type") == "data_table" {
		for _, row := range listOf(block, "rows") {
			cells, _ := row.([]any)
			for _, x := range cells {
				if cell, ok := x.(object); ok && stringOf(cell, "type") == "action_cell" {
					add(cell["element"])
				}
			}
		}
	}
	return out
}

// blocksOf lists blocks in order, each before those inside it: a container's children, a layout's items, a
// carousel's cards.
func blocksOf(blocks []any) []object {
	var out []object
	for _, b := range blocks {
		block, ok := b.(object)
		if !ok {
			continue
		}
		out = append(out, block)
		switch stringOf(block, "type") {
		case "container":
			out = append(out, blocksOf(listOf(block, "child_blocks"))...)
		case "carousel":
			out = append(out, blocksOf(listOf(block, "elements"))...)
		case "layout":
			for _, r := range listOf(block, "rows") {
				row, _ := r.(object)
				for _, x := range listOf(row, "items") {
					item, _ := x.(object)
					out = append(out, blocksOf([]any{item["block"]})...)
				}
			}
		}
	}
	return out
}

// elementsOf lists what can be pressed or filled on a surface, however deep, in order.
func elementsOf(blocks []any) []slot {
	var out []slot
	for _, block := range blocksOf(blocks) {
		out = append(out, slotsOf(block)...)
	}
	return out
}

// copied is a copy of a JSON value that shares nothing with it.
func copied(v any) any {
	switch v := v.(type) {
	case object:
		own := make(object, len(v)+1)
		for k, x := range v {
			own[k] = copied(x)
		}
		return own
	case []any:
		own := make([]any, len(v))
		for i, x := range v {
			own[i] = copied(x)
		}
		return own
	}
	return v
}

// held says how a kind of element shows its value in a payload: under which field, and whether as a list.
type held struct {
	field   string
	initial string
	many    bool
}

// holds has every element that keeps a value.
var holds = map[string]held{
	"plain_text_input":           {field: "value", initial: "initial_value"},
	"number_input":               {field: "value", initial: "initial_value"},
	"email_text_input":           {field: "value", initial: "initial_value"},
	"url_text_input":             {field: "value", initial: "initial_value"},
	"rich_text_input":            {field: "rich_text_value", initial: "initial_value"},
	"static_select":              {field: "selected_option", initial: "initial_option"},
	"external_select":            {field: "selected_option", initial: "initial_option"},
	"radio_buttons":              {field: "selected_option", initial: "initial_option"},
	"users_select":               {field: "selected_user", initial: "initial_user"},
	"conversations_select":       {field: "selected_conversation", initial: "initial_conversation"},
	"channels_select":            {field: "selected_channel", initial: "initial_channel"},
	"datepicker":                 {field: "selected_date", initial: "initial_date"},
	"timepicker":                 {field: "selected_time", initial: "initial_time"},
	"datetimepicker":             {field: "selected_date_time", initial: "initial_date_time"},
	"checkboxes":                 {field: "selected_options", initial: "initial_options", many: true},
	"multi_static_select":        {field: "selected_options", initial: "initial_options", many: true},
	"multi_external_select":      {field: "selected_options", initial: "initial_options", many: true},
	"multi_users_select":         {field: "selected_users", initial: "initial_users", many: true},
	"multi_conversations_select": {field: "selected_conversations", initial: "initial_conversations", many: true},
	"multi_channels_select":      {field: "selected_channels", initial: "initial_channels", many: true},
	"file_input":                 {field: "files", initial: "", many: true},
}

// interactive has every element that a person can press or fill.
var interactive = func() map[string]bool {
	all := map[string]bool{"button": true, "overflow": true, "workflow_button": true, "icon_button": true, "feedback_buttons": true}
	for kind := range holds {
		all[kind] = true
	}
	return all
}()

// initialOf is the value of an element nobody has touched, as it appears in state.values.
func initialOf(element object) object {
	kind := stringOf(element, "type")
	h := holds[kind]
	value := object{"type": kind}
	switch given := element[h.initial]; {
	case given != nil && h.initial != "":
		value[h.field] = given
	case h.many:
		value[h.field] = []any{}
	default:
		value[h.field] = nil
	}
	return value
}

// optionOf finds an element's option by its value, in its options or in their groups.
func optionOf(element object, value string) object {
	for _, o := range optionsOf(element) {
		if stringOf(o, "value") == value {
			return o
		}
	}
	return nil
}

func optionsOf(element object) []object {
	var out []object
	add := func(list []any) {
		for _, x := range list {
			if o, ok := x.(object); ok {
				out = append(out, o)
			}
		}
	}
	add(listOf(element, "options"))
	for _, g := range listOf(element, "option_groups") {
		if group, ok := g.(object); ok {
			add(listOf(group, "options"))
		}
	}
	return out
}
