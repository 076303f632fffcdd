package sandbox

import (
	"fmt"
	"hash/crc32"
	"math/big"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// filled is an element's value as it appears in state.values after a person put given into it. What Slack's
// client would not take is told in a sentence for the field; a mistake in the call is an error.
func filled(element object, given any) (value object, told string, err error) {
	kind := stringOf(element, "type")
	h, keeps := holds[kind]
	if !keeps {
		return nil, "", wrong("a %s cannot be filled in; press it", kind)
	}
	value = object{"type": kind, h.field: nil}
	if h.many {
		list := []any{}
		for _, one := range many(element, given) {
			chosen, told, err := single(element, kind, one)
			if err != nil || told != "" {
				return nil, told, err
			}
			list = append(list, chosen)
		}
		value[h.field] = list
		if most, ok := numberOf(element["max_selected_items"]); ok && big.NewRat(int64(len(list)), 1).Cmp(most) > 0 {
			return value, "Choose at most " + most.RatString() + ".", nil
		}
		if most, ok := numberOf(element["max_files"]); ok && big.NewRat(int64(len(list)), 1).Cmp(most) > 0 {
			return value, "Choose at most " + most.RatString() + " files.", nil
		}
		return value, "", nil
	}
	if text(given) == "" {
		return value, "", nil
	}
	chosen, told, err := single(element, kind, given)
	value[h.field] = chosen
	return value, told, err
}

// many reads what was given for an element that takes several: a list, one thing, or true for a single box.
func many(element object, given any) []any {
	switch given := given.(type) {
	case nil:
		return nil
	case []any:
		return given
	case bool:
		if all := optionsOf(element); given && len(all) == 1 {
			return []any{stringOf(all[0], "value")}
		}
		return nil
	case string:
		if given == "" {
			return nil
		}
	}
	return []any{given}
}

func single(element object, kind string, given any) (any, string, error) {
	typed := text(given)
	switch strings.TrimPrefix(kind, "multi_") {
	case "static_select", "radio_buttons", "checkboxes":
		for _, o := range optionsOf(element) {
			if stringOf(o, "value") == typed || stringOf(objectOf(o, "text"), "text") == typed {
				return o, "", nil
			}
		}
		return nil, "", wrong("%q is not an option; options are %s", typed, optionValues(element))
	case "users_select":
		p, err := named(typed)
		return p.ID, "", err
	case "channels_select", "conversations_select":
		if c, ok := channelNamed(typed); ok {
			return c.ID, "", nil
		}
		if p, ok := person(typed); ok && kind != "channels_select" {
			return p.DM, "", nil
		}
		return nil, "", wrong("there is no channel %q; channels are %s", typed, channelNames())
	case "datepicker":
		return typed, layoutTold(time.DateOnly, typed, "Please enter a valid date, such as 2026-11-24."), nil
	case "timepicker":
		return typed, layoutTold("15:04", typed, "Please enter a valid time, such as 14:00."), nil
	case "datetimepicker":
		n, ok := new(big.Int).SetString(typed, 10)
		if !ok {
			return nil, "", wrong("a datetimepicker wants seconds since 1970 as a whole number")
		}
		return n.Int64(), "", nil
	case "file_input":
		return fileOf(typed), fileTold(element, typed), nil
	case "rich_text_input":
		return object{"type": "rich_text", "elements": []any{object{"type": "rich_text_section",
			"elements": []any{object{"type": "text", "text": typed}}}}}, "", nil
	case "plain_text_input":
		return typed, lengthTold(element, typed), nil
	case "number_input":
		return typed, numberTold(element, typed), nil
	case "email_text_input":
		return typed, mailTold(typed), nil
	case "url_text_input":
		return typed, addressTold(typed), nil
	}
	return nil, "", wrong("the sandbox cannot fill in a %s", kind)
}

// fileOf is a file of a name as Slack tells of it. Nothing is in it: the page hands over names only.
func fileOf(name string) object {
	return object{"id": fmt.Sprintf("F%08X", crc32.ChecksumIEEE([]byte(name))), "name": name, "title": name,
		"filetype": strings.TrimPrefix(strings.ToLower(path.Ext(name)), "."), "mode": "hosted", "size": 0}
}

func fileTold(element object, name string) string {
	kinds := listOf(element, "filetypes")
	if len(kinds) == 0 || slices.ContainsFunc(kinds, func(k any) bool { return strings.EqualFold("."+text(k), path.Ext(name)) }) {
		return ""
	}
	return name + " is not a file of the kind that is wanted."
}

func layoutTold(layout, typed, told string) string {
	if _, err := time.Parse(layout, typed); err != nil {
		return told
	}
	return ""
}

func mailTold(typed string) string {
	if name, host, _ := strings.Cut(typed, "@"); name == "" || !strings.Contains(host, ".") {
		return "Please enter a valid email address."
	}
	return ""
}

func addressTold(typed string) string {
	if u, err := url.Parse(typed); err != nil || u.Scheme == "" || u.Host == "" {
		return "Please enter a valid URL."
	}
	return ""
}

func lengthTold(element object, typed string) string {
	least, most := big.NewRat(0, 1), big.NewRat(3000, 1)
	if n, ok := numberOf(element["min_length"]); ok {
		least = n
	}
	if n, ok := numberOf(element["max_length"]); ok {
		most = n
	}
	n := big.NewRat(int64(utf8.RuneCountInString(typed)), 1)
	switch {
	case n.Cmp(least) < 0:
		return fmt.Sprintf("Please enter at least %s characters.", least.RatString())
	case n.Cmp(most) > 0:
		return fmt.Sprintf("Please enter at most %s characters.", most.RatString())
	}
	return ""
}

func numberTold(element object, typed string) string {
	n, ok := new(big.Rat).SetString(typed)
	if !ok || strings.ContainsAny(typed, "/eE_xX") {
		return "Please enter a valid number."
	}
	if element["is_decimal_allowed"] != true && !n.IsInt() {
		return "Please enter a whole number."
	}
	if least, ok := new(big.Rat).SetString(stringOf(element, "min_value")); ok && n.Cmp(least) < 0 {
		return "Please enter a number of at least " + stringOf(element, "min_value") + "."
	}
	if most, ok := new(big.Rat).SetString(stringOf(element, "max_value")); ok && n.Cmp(most) > 0 {
		return "Please enter a number of at most " + stringOf(element, "max_value") + "."
	}
	return ""
}

// blank reports whether a filled value is empty.
func blank(value object) bool {
	h := holds[stringOf(value, "type")]
	list, many := value[h.field].([]any)
	return value[h.field] == nil || many && len(list) == 0
}
