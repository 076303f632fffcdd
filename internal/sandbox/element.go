package sandbox

// A slot is an element in its place in a block, so that a changed copy can be put back.
type slot struct {
	block object
	o     object
	set   func(object)
}

// put changes a copy of the element and puts the copy into the block.
func (e slot) put(name string, v any) {
	own := make(object, len(e.o)+1)
	for k, x := range e.o {
		own[k] = x
	}
	own[name] = v
	e.set(own)
}

// slotsOf lists the elements of one block: its accessory, its input, or its elements. The block must be the
// caller's own copy if a slot is going to be put to.
func slotsOf(block object) []slot {
	var out []slot
	for _, name := range []string{"accessory", "element"} {
		if o, ok := block[name].(object); ok {
			out = append(out, slot{block, o, func(changed object) { block[name] = changed }})
		}
	}
	list := listOf(block, "elements")
	for i, x := range list {
		o, ok := x.(object)
		if !ok {
			continue
		}
		out = append(out, slot{block, o, func(changed object) {
			own := append([]any{}, listOf(block, "elements")...)
			own[i] = changed
			block["elements"] = own
		}})
	}
	return out
}

// elementsOf lists the elements of a surface's blocks, in order.
func elementsOf(blocks []any) []slot {
	var out []slot
	for _, b := range blocks {
		if block, ok := b.(object); ok {
			out = append(out, slotsOf(block)...)
		}
	}
	return out
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
