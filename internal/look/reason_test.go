package look

import (
	"strings"
	"testing"

	"github.com/paceline/paceline/internal/quota"
)

// What somebody wrote as a reason is shown without mark-up, wherever it stands.
func TestReasonsHoldNoMarkUp(t *testing.T) {
	sc := sceneOf("").own(0, "").sent(1, early9)
	sc.Member.Own.Reason = "*calm* `now` <@UEVE>"
	const want = "“calm now &lt;@UEVE&gt;”"
	for _, m := range []Message{Why(sc.Standing, record), Card(sc.Standing), Sentences(left(sc.Standing, sc.Budget(quota.Invite)))} {
		if all := strings.Join(texts(m.Blocks), "\n"); !strings.Contains(m.Text, want) || !strings.Contains(all, want) {
			t.Errorf("%s\n%s", m.Text, all)
		}
	}
}
