package look

import (
	"strings"

	"github.com/slack-go/slack"
)

// A grid is a table by name: each row begins with one. Its cells are mark-up without links.
type grid struct {
	head []string
	rows [][]string
	look []Button // one for each row, or none
}

// mostRows is how many rows fit into Slack's table block besides its head.
const mostRows = 99

// lines are the rows of g as text, below a line of the heads.
func (g grid) lines() []string {
	out := make([]string, 0, len(g.rows)+1)
	out = append(out, strings.Join(g.head, " · "))
	for _, r := range g.rows {
		out = append(out, strings.TrimRight(strings.Join(r, " · "), " ·"))
	}
	return out
}

// table is g as a table that keeps its order. Numbers stand to the right.
func (g grid) table() *slack.TableBlock {
	t := slack.NewTableBlock("")
	for _, r := range append([][]string{g.head}, g.rows...) {
		cells := make([]slack.TableCell, 0, len(r))
		for _, c := range r {
			cells = append(cells, slack.NewTableRawTextCell(cell(c)))
		}
		t.AddRow(cells...)
	}
	for i := range g.head {
		align := slack.ColumnAlignmentRight
		if i == 0 || i == len(g.head)-1 {
			align = slack.ColumnAlignmentLeft
		}
		t.ColumnSettings = append(t.ColumnSettings, slack.ColumnSetting{Align: align, IsWrapped: true})
	}
	return t
}

// dataTable is g as a table in pages, with the button of each row in its last column.
func (g grid) dataTable(caption string, page int) *slack.DataTableBlock {
	t := slack.NewDataTableBlock(caption)
	t.PageSize = page
	for i, r := range append([][]string{g.head}, g.rows...) {
		cells := make([]slack.DataTableCell, 0, len(r)+1)
		for _, c := range r {
			cells = append(cells, slack.NewDataTableRawTextCell(cell(c)))
		}
		switch {
		case g.look == nil:
		case i == 0:
			cells = append(cells, slack.NewDataTableRawTextCell("Closer"))
		default:
			cells = append(cells, slack.NewDataTableActionCell(button(g.look[i-1])))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// menu is what stands in for the buttons of the rows where no table is: one menu that names them all. It sends the
// same action and values. Slack takes 100 options of 75 characters.
func (g grid) menu() []slack.Block {
	if len(g.look) == 0 {
		return nil
	}
	var options []*slack.OptionBlockObject
	for i, b := range g.look {
		name := slack.NewTextBlockObject(slack.PlainTextType, bare(g.rows[i][0]), false, false)
		options = append(options, slack.NewOptionBlockObject(b.Value, name, nil))
	}
	hint := slack.NewTextBlockObject(slack.PlainTextType, "Look closer at", false, false)
	return []slack.Block{slack.NewActionBlock("", slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, hint, g.look[0].Action, options...))}
}

// cell is what a cell shows: Slack refuses an empty one.
func cell(s string) string {
	if s = bare(s); s == "" {
		return "–"
	}
	return s
}
