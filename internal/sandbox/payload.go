package sandbox

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"
)

// A surface is where blocks can stand.
type surface uint8

const (
	inMessage surface = 1 << iota
	inModal
	inHome

	inView   = inModal | inHome
	anywhere = inMessage | inView
)

// A refusal is Slack's no: an error code, and what is wrong with the payload, each with its JSON pointer.
type refusal struct {
	code     string
	messages []string
	needed   string // the scope that is missing
}

func refuse(code string) *refusal { return &refusal{code: code} }

// json is the refusal as Slack's API answers it.
func (r *refusal) json() object {
	o := object{"ok": false, "error": r.code}
	if len(r.messages) > 0 {
		var marked, bare []any
		for _, m := range r.messages {
			marked, bare = append(marked, "[ERROR] "+m), append(bare, m)
		}
		o["errors"] = bare
		o["response_metadata"] = object{"messages": marked}
	}
	if r.needed != "" {
		o["needed"] = r.needed
	}
	return o
}

// A rule checks one value and notes what is wrong with it.
type rule func(c *check, v any, at string)

// A field is a property of an object.
type field struct {
	name string
	rule rule
}

// A shape is what an object may look like: properties it must have, those it may have, and what no single
// property can say. A property in neither list is refused, as Slack refuses it.
type shape struct {
	on    surface // 0: wherever it is asked for
	must  []field
	may   []field
	loose bool // other properties are let through, where Slack's page does not list them all
	also  rule
}

// A check is one pass over a payload.
type check struct {
	on       surface
	blocks   map[string]shape
	elements map[string]shape
	cells    map[string]shape
	runs     map[string]shape
	wrong    []string

	ids      map[string]bool
	tables   int
	charts   int
	focused  int
	cellText int
	markdown int
	inputs   int
}

func newCheck(on surface) *check {
	return &check{on: on, blocks: blockShapes, elements: elementShapes, cells: cellShapes, runs: richTextShapes, ids: make(map[string]bool)}
}

func (c *check) fault(at, format string, args ...any) {
	c.wrong = append(c.wrong, fmt.Sprintf(format, args...)+" [json-pointer:"+at+"]")
}

// fit checks an object against a shape.
func (c *check) fit(sh shape, v any, at string) {
	o, ok := v.(object)
	if !ok {
		c.fault(at, "must provide an object")
		return
	}
	known := []string{"type"}
	for _, f := range sh.must {
		known = append(known, f.name)
		if x, there := o[f.name]; there && x != nil {
			f.rule(c, x, at+"/"+f.name)
		} else {
			c.fault(at, "missing required field: %s", f.name)
		}
	}
	for _, f := range sh.may {
		known = append(known, f.name)
		if x, there := o[f.name]; there {
			f.rule(c, x, at+"/"+f.name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if !sh.loose && !slices.Contains(known, name) {
			c.fault(at, "invalid additional property: %s", name)
		}
	}
	if sh.also != nil {
		sh.also(c, o, at)
	}
}

// an is the rule for an object of one shape.
func an(sh shape) rule { return func(c *check, v any, at string) { c.fit(sh, v, at) } }

// str is a string of least to most characters.
func str(least, most int) rule {
	return func(c *check, v any, at string) {
		text, ok := v.(string)
		if !ok {
			c.fault(at, "must provide a string")
			return
		}
		c.length(text, least, most, at)
	}
}

func (c *check) length(text string, least, most int, at string) {
	switch n := utf8.RuneCountInString(text); {
	case n < least:
		c.fault(at, "must be more than %d characters", least-1)
	case n > most:
		c.fault(at, "must be less than %d characters", most+1)
	}
}

// list is an array of least to most items.
func list(least, most int, item rule) rule {
	return func(c *check, v any, at string) {
		items, ok := v.([]any)
		if !ok {
			c.fault(at, "must provide an array")
			return
		}
		switch {
		case len(items) > most:
			c.fault(at, "no more than %d items allowed", most)
			return
		case len(items) < least:
			c.fault(at, "no fewer than %d items allowed", least)
		}
		for i, x := range items {
			item(c, x, fmt.Sprintf("%s/%d", at, i))
		}
	}
}

func flag(c *check, v any, at string) {
	if _, ok := v.(bool); !ok {
		c.fault(at, "must provide a boolean")
	}
}

func anything(*check, any, string) {}

func enum(words ...string) rule {
	return func(c *check, v any, at string) {
		if text, ok := v.(string); !ok || !slices.Contains(words, text) {
			c.fault(at, "must be a valid enum value: %s", strings.Join(words, ", "))
		}
	}
}

// number is a JSON number between two bounds, both allowed.
func number(least, most int64) rule {
	return func(c *check, v any, at string) {
		n, ok := numberOf(v)
		switch {
		case !ok:
			c.fault(at, "must provide a number")
		case n.Cmp(big.NewRat(least, 1)) < 0 || n.Cmp(big.NewRat(most, 1)) > 0:
			c.fault(at, "must be between %d and %d", least, most)
		}
	}
}

// digits is a number written as a string, as number_input wants its bounds.
func digits(c *check, v any, at string) {
	text, ok := v.(string)
	if !ok {
		c.fault(at, "must provide a string")
		return
	}
	if _, ok := new(big.Rat).SetString(text); !ok || strings.ContainsAny(text, "/eE") {
		c.fault(at, "must be a number written as a string")
	}
}

// plainText and anyText are text objects of 1 to most characters.
func plainText(most int) rule { return textObject(1, most, "plain_text") }
func anyText(most int) rule   { return textObject(1, most, "plain_text", "mrkdwn") }

func textObject(least, most int, kinds ...string) rule {
	return func(c *check, v any, at string) {
		o, ok := v.(object)
		if !ok {
			c.fault(at, "must provide an object")
			return
		}
		kind := stringOf(o, "type")
		if !slices.Contains(kinds, kind) {
			c.fault(at+"/type", "must be a valid enum value: %s", strings.Join(kinds, ", "))
			return
		}
		own := field{"emoji", flag}
		if kind == "mrkdwn" {
			own = field{"verbatim", flag}
		}
		c.fit(shape{must: []field{{"text", str(least, most)}}, may: []field{own}}, o, at)
	}
}

// element is an interactive element or picture of one of the kinds.
func element(kinds ...string) rule {
	return func(c *check, v any, at string) { c.one(c.elements, kinds, v, at) }
}

// one checks an object whose type chooses the shape among those allowed here.
func (c *check) one(shapes map[string]shape, kinds []string, v any, at string) {
	o, ok := v.(object)
	if !ok {
		c.fault(at, "must provide an object")
		return
	}
	kind := stringOf(o, "type")
	sh, known := shapes[kind]
	if !known || !slices.Contains(kinds, kind) {
		c.fault(at+"/type", "unsupported type: %s", kind)
		return
	}
	c.fit(sh, o, at)
}
