package quota

// A Verdict is what there is to say about a member's pace after a log.
type Verdict struct {
	Line  Line
	Sent  int // the figure that crossed it
	Max   int // the line
	Limit *Limit
}

// A Line is a line of pace.
type Line uint8

// The lines, the gravest first.
const (
	NoLine      Line = 0
	CeilingLine Line = 1 // a loud limit is passed
	BurstLine   Line = 2 // too many within an hour, or within six
	DayLine     Line = 3 // too many in one day
	NearlyOut   Line = 4 // most of the week's budget is used early in the week
	Projection  Line = 5 // at this pace the ceiling will be crossed this week
	Brisk       Line = 6 // quick, but no burst: said in the answer only
)
