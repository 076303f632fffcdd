package sandbox

import "fmt"

// cellShapes are what stands in a table.
var cellShapes = map[string]shape{
	"raw_text":    {must: []field{{"text", str(1, cellsText)}}},
	"raw_number":  {must: []field{{"value", number(-1<<62, 1<<62)}}, may: []field{{"text", str(1, cellsText)}}},
	"rich_text":   {must: []field{{"elements", list(1, 1000, richText)}}, may: []field{blockID}},
	"action_cell": {must: []field{{"element", element("button")}}, may: []field{{"fallback", anything}}},
}

func cell(kinds ...string) rule {
	return func(c *check, v any, at string) { c.one(c.cells, kinds, v, at) }
}

// tableText counts a table and bounds the text of all cells in the payload.
func tableText(most int) rule {
	return func(c *check, v any, at string) {
		c.tables++
		if c.cellText += textOf(v.(object)["rows"]); c.cellText > most {
			c.fault(at+"/rows", "all cells together must be less than %d characters", most+1)
		}
	}
}

func dataTable(c *check, v any, at string) {
	tableText(dataCellsText)(c, v, at)
	for i, r := range listOf(v.(object), "rows") {
		row, _ := r.([]any)
		first, _ := listOf(v.(object), "rows")[0].([]any)
		if len(row) != len(first) {
			c.fault(fmt.Sprintf("%s/rows/%d", at, i), "all rows must have the same number of cells")
		}
		for j, x := range row {
			if o, ok := x.(object); ok && i == 0 && stringOf(o, "type") != "raw_text" {
				c.fault(fmt.Sprintf("%s/rows/0/%d/type", at, j), "header cells must be raw_text")
			}
		}
	}
}

var (
	point      = shape{must: []field{{"label", str(1, 20)}, {"value", number(-1<<62, 1<<62)}}}
	series     = shape{must: []field{{"name", str(1, 20)}, {"data", list(1, 20, an(point))}}}
	axes       = shape{must: []field{{"categories", list(1, 20, str(1, 20))}}, may: []field{{"x_label", str(0, 50)}, {"y_label", str(0, 50)}}}
	pieChart   = shape{must: []field{{"segments", list(1, 6, an(point))}}, also: positive}
	otherChart = shape{must: []field{{"series", list(1, 6, an(series))}, {"axis_config", an(axes)}}, also: onePointEach}
)

// chart is what a data_visualization block draws. Its docs allow 12 segments or series where libraries still
// refuse more than 6; what both allow is allowed here.
func chart(c *check, v any, at string) {
	o, _ := v.(object)
	switch stringOf(o, "type") {
	case "pie":
		c.fit(pieChart, v, at)
	case "bar", "line", "area":
		c.fit(otherChart, v, at)
	default:
		c.fault(at+"/type", "unsupported type: %s", stringOf(o, "type"))
	}
}

func positive(c *check, v any, at string) {
	for i, x := range listOf(v.(object), "segments") {
		o, _ := x.(object)
		if n, ok := numberOf(o["value"]); ok && n.Sign() <= 0 {
			c.fault(fmt.Sprintf("%s/segments/%d/value", at, i), "must be more than 0")
		}
	}
}

// onePointEach wants unique categories, unique names of series, and one point of each series per category.
func onePointEach(c *check, v any, at string) {
	o := v.(object)
	categories := make(map[string]bool)
	for _, x := range listOf(objectOf(o, "axis_config"), "categories") {
		name, _ := x.(string)
		if categories[name] {
			c.fault(at+"/axis_config/categories", "must be unique: %s", name)
		}
		categories[name] = true
	}
	names := make(map[string]bool)
	for i, x := range listOf(o, "series") {
		line, _ := x.(object)
		here := fmt.Sprintf("%s/series/%d", at, i)
		if name := stringOf(line, "name"); names[name] {
			c.fault(here+"/name", "must be unique: %s", name)
		}
		names[stringOf(line, "name")] = true
		points := make(map[string]bool)
		for _, p := range listOf(line, "data") {
			label, _ := p.(object)
			points[stringOf(label, "label")] = true
		}
		for name := range points {
			if !categories[name] {
				c.fault(here+"/data", "label is not a category: %s", name)
			}
		}
		if len(points) != len(categories) || len(points) != len(listOf(line, "data")) {
			c.fault(here+"/data", "must have one point for every category")
		}
	}
}

var richParts = []string{"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"}

// richTextShapes are the parts of a rich_text block and the leaves in them. Their pages do not list every
// property, so only what is needed is checked.
var richTextShapes = map[string]shape{
	"rich_text_section":      {loose: true, must: []field{{"elements", list(0, 1000, leaf)}}},
	"rich_text_preformatted": {loose: true, must: []field{{"elements", list(0, 1000, leaf)}}},
	"rich_text_quote":        {loose: true, must: []field{{"elements", list(0, 1000, leaf)}}},
	"rich_text_list": {loose: true, must: []field{{"style", enum("bullet", "ordered")}, {"elements", list(0, 1000, section)}},
		may: []field{{"indent", number(0, 8)}, {"offset", number(0, 1<<31)}, {"border", number(0, 1)}}},

	"text":      {loose: true, must: []field{{"text", str(1, 40_000)}}},
	"link":      {loose: true, must: []field{{"url", str(1, 3000)}}},
	"user":      {loose: true, must: []field{{"user_id", str(1, 255)}}},
	"usergroup": {loose: true, must: []field{{"usergroup_id", str(1, 255)}}},
	"channel":   {loose: true, must: []field{{"channel_id", str(1, 255)}}},
	"broadcast": {loose: true, must: []field{{"range", enum("here", "channel", "everyone")}}},
	"emoji":     {loose: true, must: []field{{"name", str(1, 255)}}},
	"color":     {loose: true, must: []field{{"value", str(1, 255)}}},
	"date":      {loose: true, must: []field{{"timestamp", number(0, 1<<53)}, {"format", str(1, 255)}}},
	"tag":       {loose: true, must: []field{{"text", str(1, 255)}}},
	"citation":  {loose: true, must: []field{{"url", str(1, 3000)}}},
	"canvas":    {loose: true},
}

var leaves = []string{"text", "link", "user", "usergroup", "channel", "broadcast", "emoji", "color", "date", "tag", "citation", "canvas"}

func richText(c *check, v any, at string) { c.one(c.runs, richParts, v, at) }
func leaf(c *check, v any, at string)     { c.one(c.runs, leaves, v, at) }
func section(c *check, v any, at string)  { c.one(c.runs, []string{"rich_text_section"}, v, at) }
