package sandbox

import (
	"encoding/json"
	"math/big"
	"time"
)

// What every element may have, and most do.
var (
	actionID    = field{"action_id", str(1, 255)}
	confirm     = field{"confirm", an(confirmShape)}
	focus       = field{"focus_on_load", focused}
	placeholder = field{"placeholder", plainText(150)}
	dispatch    = field{"dispatch_action_config", an(shape{may: []field{{"trigger_actions_on", list(1, 2, enum("on_enter_pressed", "on_character_entered"))}}})}
	a11y        = field{"accessibility_label", str(0, 75)}
	style       = field{"style", enum("primary", "danger")}
	visibleTo   = field{"visible_to_user_ids", list(0, 100, str(1, 255))}
)

var confirmShape = shape{
	must: []field{{"title", plainText(100)}, {"text", anyText(300)}, {"confirm", plainText(30)}},
	may:  []field{{"deny", plainText(30)}, style},
}

// Options of menus are plain text; those of checkboxes and radio buttons may be mrkdwn.
var (
	plainOption    = an(shape{must: []field{{"text", plainText(75)}, {"value", str(1, 150)}}, may: []field{{"description", plainText(75)}}})
	overflowOption = an(shape{must: []field{{"text", plainText(75)}, {"value", str(1, 150)}}, may: []field{{"description", plainText(75)}, {"url", str(0, 3000)}}})
	richOption     = an(shape{must: []field{{"text", anyText(75)}, {"value", str(1, 150)}}, may: []field{{"description", anyText(75)}}})
	optionGroup    = an(shape{must: []field{{"label", plainText(75)}, {"options", list(1, 100, plainOption)}}})
	options        = []field{{"options", list(1, 100, plainOption)}, {"option_groups", list(1, 100, optionGroup)}}
	somebody       = str(1, 255)
	conversations  = field{"filter", an(shape{may: []field{
		{"include", list(1, 4, enum("im", "mpim", "private", "public"))}, {"exclude_external_shared_channels", flag}, {"exclude_bot_users", flag}}})}
)

// fields joins lists of fields.
func fields(groups ...[]field) []field {
	var all []field
	for _, g := range groups {
		all = append(all, g...)
	}
	return all
}

// elementShapes are Slack's elements and their limits.
var elementShapes = map[string]shape{
	"button": {
		must: []field{{"text", plainText(75)}},
		may: []field{actionID, {"url", str(0, 3000)}, {"value", str(0, 2000)}, style, confirm, a11y, visibleTo,
			{"agent_prompt", str(0, 3000)}, {"agent_prompt_display", str(0, 3000)}},
	},
	"static_select": {
		may:  fields([]field{actionID, placeholder, confirm, focus, {"initial_option", plainOption}}, options),
		also: menu,
	},
	"multi_static_select": {
		may: fields([]field{actionID, placeholder, confirm, focus, {"initial_options", list(1, 100, plainOption)},
			{"max_selected_items", number(1, 100)}}, options),
		also: menu,
	},
	"external_select": {may: []field{actionID, placeholder, confirm, focus, {"initial_option", plainOption}, {"min_query_length", number(0, 100)}}},
	"multi_external_select": {may: []field{actionID, placeholder, confirm, focus, {"initial_options", list(1, 100, plainOption)},
		{"min_query_length", number(0, 100)}, {"max_selected_items", number(1, 100)}}},
	"users_select":       {may: []field{actionID, placeholder, confirm, focus, {"initial_user", somebody}}},
	"multi_users_select": {may: []field{actionID, placeholder, confirm, focus, {"initial_users", list(0, 100, somebody)}, {"max_selected_items", number(1, 100)}}},
	"conversations_select": {may: []field{actionID, placeholder, confirm, focus, conversations, {"initial_conversation", somebody},
		{"default_to_current_conversation", flag}, {"response_url_enabled", flag}}},
	"multi_conversations_select": {may: []field{actionID, placeholder, confirm, focus, conversations, {"initial_conversations", list(0, 100, somebody)},
		{"default_to_current_conversation", flag}, {"max_selected_items", number(1, 100)}}},
	"channels_select":       {may: []field{actionID, placeholder, confirm, focus, {"initial_channel", somebody}, {"response_url_enabled", flag}}},
	"multi_channels_select": {may: []field{actionID, placeholder, confirm, focus, {"initial_channels", list(0, 100, somebody)}, {"max_selected_items", number(1, 100)}}},
	"overflow":              {must: []field{{"options", list(1, 5, overflowOption)}}, may: []field{actionID, confirm}},
	"checkboxes": {
		must: []field{{"options", list(1, 10, richOption)}},
		may:  []field{actionID, confirm, focus, visibleTo, {"initial_options", list(1, 10, richOption)}},
		also: initialAmongOptions,
	},
	"radio_buttons": {
		must: []field{{"options", list(1, 10, richOption)}},
		may:  []field{actionID, confirm, focus, {"initial_option", richOption}},
		also: initialAmongOptions,
	},
	"datepicker":     {may: []field{actionID, placeholder, confirm, focus, {"initial_date", written("2006-01-02")}}},
	"timepicker":     {may: []field{actionID, placeholder, confirm, focus, {"initial_time", written("15:04")}, {"timezone", str(1, 100)}}},
	"datetimepicker": {may: []field{actionID, confirm, focus, {"initial_date_time", number(1e9, 9999999999)}}},
	"plain_text_input": {may: []field{actionID, placeholder, focus, dispatch, {"initial_value", str(0, 3000)}, {"multiline", flag},
		{"min_length", number(0, 3000)}, {"max_length", number(1, 3000)}}},
	"number_input": {
		must: []field{{"is_decimal_allowed", flag}},
		may:  []field{actionID, placeholder, focus, dispatch, {"initial_value", digits}, {"min_value", digits}, {"max_value", digits}},
	},
	"email_text_input": {may: []field{actionID, placeholder, focus, dispatch, {"initial_value", str(0, 3000)}}},
	"url_text_input":   {may: []field{actionID, placeholder, focus, dispatch, {"initial_value", str(0, 3000)}}},
	"rich_text_input": {may: []field{actionID, placeholder, focus, dispatch, {"initial_value", anything},
		{"min_lines", number(1, 100)}, {"max_lines", number(1, 100)}}},
	"file_input": {may: []field{actionID, {"filetypes", list(0, 100, str(1, 255))}, {"max_files", number(1, 10)}}},
	"image": {
		must: []field{{"alt_text", str(1, 2000)}},
		may:  []field{{"image_url", str(1, 3000)}, {"slack_file", anything}},
		also: pictured,
	},
	"feedback_buttons": {
		must: []field{{"positive_button", an(feedback)}, {"negative_button", an(feedback)}},
		may:  []field{actionID},
	},
	"icon_button": {
		must: []field{{"icon", enum("trash")}, {"text", plainText(75)}},
		may:  []field{actionID, {"value", str(0, 2000)}, confirm, a11y, visibleTo},
	},
	"workflow_button": {
		must: []field{{"text", plainText(75)}, {"workflow", anything}},
		may:  []field{actionID, style, a11y},
	},
}

var feedback = shape{must: []field{{"text", plainText(75)}, {"value", str(1, 2000)}}, may: []field{a11y}}

// The elements each block takes.
var (
	pickers = []string{"static_select", "external_select", "users_select", "conversations_select", "channels_select",
		"multi_static_select", "multi_external_select", "multi_users_select", "multi_conversations_select", "multi_channels_select",
		"checkboxes", "radio_buttons", "datepicker", "timepicker"}
	accessories = append([]string{"button", "image", "overflow", "workflow_button"}, pickers...)
	actions     = append([]string{"button", "overflow", "workflow_button", "datetimepicker"}, pickers...)
	inputs      = append([]string{"plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input", "file_input", "datetimepicker"}, pickers...)
)

func focused(c *check, v any, at string) {
	flag(c, v, at)
	if v != true {
		return
	}
	if c.focused++; c.focused > 1 {
		c.fault(at, "only one element may set focus_on_load")
	}
}

func pictured(c *check, v any, at string) {
	o := v.(object)
	if (o["image_url"] == nil) == (o["slack_file"] == nil) {
		c.fault(at, "must define either `image_url` or `slack_file`")
	}
}

func menu(c *check, v any, at string) {
	o := v.(object)
	if (o["options"] == nil) == (o["option_groups"] == nil) {
		c.fault(at, "must define either `options` or `option_groups`")
		return
	}
	initialAmongOptions(c, v, at)
}

// initialAmongOptions refuses an initial option that is not one of the options, word for word.
func initialAmongOptions(c *check, v any, at string) {
	o := v.(object)
	chosen := listOf(o, "initial_options")
	if one, ok := o["initial_option"]; ok {
		chosen = append(chosen, one)
	}
	known := make(map[string]bool)
	for _, option := range optionsOf(o) {
		known[sameText(option)] = true
	}
	for _, x := range chosen {
		if option, ok := x.(object); ok && !known[sameText(option)] {
			c.fault(at, "initial option must be one of the options: %s", stringOf(option, "value"))
		}
	}
}

func sameText(option object) string {
	raw, _ := json.Marshal([]string{stringOf(objectOf(option, "text"), "text"), stringOf(option, "value"), stringOf(objectOf(option, "description"), "text")})
	return string(raw)
}

// written is a date or time in one layout.
func written(layout string) rule {
	return func(c *check, v any, at string) {
		text, ok := v.(string)
		if _, err := time.Parse(layout, text); !ok || err != nil {
			c.fault(at, "must be written like %s", layout)
		}
	}
}

func numberOf(v any) (*big.Rat, bool) {
	switch v := v.(type) {
	case json.Number:
		return new(big.Rat).SetString(v.String())
	case float64:
		return new(big.Rat).SetFloat64(v), true
	case int:
		return big.NewRat(int64(v), 1), true
	}
	return nil, false
}
