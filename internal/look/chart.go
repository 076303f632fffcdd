package look

import (
	"fmt"
	"slices"

	"github.com/slack-go/slack"
)

// mostPoints is how many points Slack draws in one series.
const mostPoints = 20

// A series is one figure for each category of a chart.
type series struct {
	name   string
	values []int
}

// bars draws series over categories; nil without any. Slack takes up to six series and 20 categories of 20
// characters each, no two the same.
func bars(title string, categories []string, all ...series) slack.Block {
	axis, data := plotted(categories, all)
	if axis == nil {
		return nil
	}
	return slack.NewDataVisualizationBlock(title, slack.NewDataVisualizationBarChart(slack.NewDataVisualizationAxisConfig(axis...), data...))
}

// trend draws one series as a line; nil without any.
func trend(title string, categories []string, one series) slack.Block {
	axis, data := plotted(categories, []series{one})
	if axis == nil {
		return nil
	}
	return slack.NewDataVisualizationBlock(title, slack.NewDataVisualizationLineChart(slack.NewDataVisualizationAxisConfig(axis...), data...))
}

func plotted(categories []string, all []series) (axis []string, data []slack.DataVisualizationDataSeries) {
	if len(categories) == 0 || len(categories) > mostPoints {
		return nil, nil
	}
	for _, c := range categories {
		axis = append(axis, distinct(axis, bare(c)))
	}
	for _, s := range all {
		points := make([]slack.DataVisualizationDataPoint, 0, len(axis))
		for i, c := range axis {
			points = append(points, slack.NewDataVisualizationDataPoint(c, float64(s.values[i])))
		}
		data = append(data, slack.NewDataVisualizationDataSeries(s.name, points...))
	}
	return axis, data
}

// distinct is a label of at most 20 characters that is not among others: "Ana", "Ana (2)".
func distinct(others []string, label string) string {
	const most = 20
	out := clip(label, most)
	for n := 2; slices.Contains(others, out); n++ {
		tail := fmt.Sprintf(" (%d)", n)
		out = clip(label, most-len(tail)) + tail
	}
	return out
}
