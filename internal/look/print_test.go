package look

import (
	"fmt"
	"testing"

	"github.com/paceline/paceline/internal/quota"
)

func TestPrint(t *testing.T) {
	p := func(x ...any) { fmt.Println(x...) }
	d := diaryAt(t, "2026-11-24 09:05")
	p(d.sent(1)); p(d.sent(14)); p(d.card()); p(d.undo("ana"))
	p(d.sent(60)); p(d.card()); p("--over"); p(d.sent(14)); p(d.card()); p(d.sent(4)); p(d.card()); p(d.sent(20)); p(d.sent(1)); p(d.sent(4)); p(d.card())
	p("--- two windows")
	d = diaryAt(t, "2026-11-17 09:00")
	p(d.sent(60)); d.goTo("2026-11-24 08:00"); p(d.card()); p(d.sent(15)); p(d.card()); p(d.sent(25)); p(d.card()); p(d.sent(5)); p(d.card())
	for _, k := range quota.Kinds() { for _, n := range []int{1, 2} { p(d.read(d.log("ben", quota.Log{Kind: k, Quantity: n}))) } }
	p("--- utc"); d = diaryAt(t, "2026-11-24 09:05"); d.zone = ""; p(d.sent(101)); p(d.card()); p(d.sent(2))
	p("--- people")
	p(d.read(d.log("ben", quota.Log{Persons: []string{"in:a","in:b","in:c","in:d","in:e"}})))
	p(d.read(d.log("cleo", quota.Log{Persons: []string{"in:a","in:b","in:c","in:d"}})))
	p(d.read(d.log("dan", quota.Log{Persons: []string{"in:a","in:b","in:c","in:d"}})))
	p(Why(d.standing()).Text)
	p("--- few"); d = diaryAt(t, "2026-11-27 09:05"); p(d.sent(74)); p(d.card()); p(d.sent(1)); p(d.card())
	d = diaryAt(t, "2026-11-26 09:05"); p(d.sent(74)); p(d.card())
	d = diaryAt(t, "2026-11-26 09:05"); p(d.sent(20)); p(d.card())
}
