package commands

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/paceline/paceline/internal/quota"
)

func TestDigestTyped(t *testing.T) {
	const rule = "^Saved\\. The digest of “Outreach” comes on Mondays at "
	for _, c := range []struct {
		line, want string
		digest     quota.Digest
	}{
		{"time mon 09:00 Europe/Berlin", rule + "09:00 in Europe/Berlin and shows names, last week and what is left\\. Next one: Mon 30 Nov, 09:00 your time, in <#C1>\\.$", quota.Digest{Zone: "Europe/Berlin", Minute: 540}},
		{"time 00:00 utc", rule + "00:00 UTC .* Next one: Mon 30 Nov, 01:00 your time, in <#C1>\\.$", quota.Digest{}},
		{"time 9:30", rule + "09:30 in Europe/Berlin", quota.Digest{Zone: "Europe/Berlin", Minute: 570}},
		{"time mon 9am", rule + "09:00 in Europe/Berlin", quota.Digest{Zone: "Europe/Berlin", Minute: 540}},
		{"time Monday at 09:00 america/new_york", rule + "09:00 in America/New_York .* Mon 30 Nov, 15:00 your time", quota.Digest{Zone: "America/New_York", Minute: 540}},
		{"time 09:00 America/New York", rule + "09:00 in America/New_York", quota.Digest{Zone: "America/New_York", Minute: 540}},
		{"time 09:00 Pacific/Auckland", "Next one: Mon 30 Nov, 01:00 your time, in <#C1>\\. Its own time comes before the week is over \\(Monday 00:00 UTC\\), so it waits for that\\.$", quota.Digest{Zone: "Pacific/Auckland", Minute: 540}},
		{"shows room", "and shows names and what is left\\.", quota.Digest{Shows: quota.ShowRoom}},
		{"shows totals only", "and shows the team's totals only\\.", quota.Digest{Shows: quota.ShowTotals}},
		{"SHOWS Names", "names, last week", quota.Digest{}},
		// Slips.
		{"time", "^At what time\\? Write it as `digest time mon 09:00 Europe/Berlin`, or `digest time 00:00 utc`\\.", quota.Digest{}},
		{"time mon", "^At what time\\?", quota.Digest{}},
		{"time tue 09:00", "^The digest opens a week, so it comes on Mondays", quota.Digest{}},
		{"time 9", "^“9” is not a time I can read\\. Write it as `09:00`\\.", quota.Digest{}},
		{"time 14am", "^“14am” is not a time", quota.Digest{}},
		{"time 24:00", "^“24:00” is not a time", quota.Digest{}},
		{"time 09:00 10:00", "^I read two times there", quota.Digest{}},
		{"time 09:00 Mars", "^“Mars” is not a time zone I know", quota.Digest{}},
		{"time 09:00 Berlin", "did you mean `Europe/Berlin`", quota.Digest{}},
		{"time 09:00 <!channel>", "is not a time zone", quota.Digest{}},
		{"shows", "^What should it show\\?", quota.Digest{}},
		{"shows everything", "^It can show `names`, `room` or `totals`, not “everything”\\.", quota.Digest{}},
		{"preview now", "^`digest preview` stands alone", quota.Digest{}},
		{"dance", "^I don't know “dance”\\. `/paceline digest` shows when it comes; behind it may stand `preview`, `post`, `held`, `time` or `shows`\\.", quota.Digest{}},
		{"pots", "Did you mean `post`\\?", quota.Digest{}},
	} {
		t.Run(c.line, func(t *testing.T) {
			s := staged(t)
			was := s.state()
			r := s.slash("UMIA", "/paceline digest "+c.line)
			s.want(r, c.want)
			if got := s.state().teams[0].Digest; got != c.digest {
				t.Errorf("%+v, want %+v", got, c.digest)
			}
			if !strings.HasPrefix(r.Text, "Saved") {
				s.want(r, "Nothing changed\\.$")
				s.unchanged(was, c.line)
				return
			}
			if i := s.intent("digest/1/2026-11-30"); !i.Due.Equal(s.book.DigestDue(s.state().teams[0], quota.WeekOf(s.at)+1)) {
				t.Errorf("the next one is not moved: %+v", i)
			}
			if teams := s.state().teams; teams[0].Name != "Outreach" || teams[0].Channel != "C1" || len(teams[0].Managers) != 1 {
				t.Errorf("%+v", teams[0])
			}
		})
	}
	s := staged(t)
	s.store.writes = []fault{{err: quota.ErrAmbiguous, lands: true}}
	failed := s.slash("UMIA", "/paceline digest time 09:00")
	s.want(failed, "^I cannot tell yet")
	was := s.state()
	s.want(s.press("UMIA", failed, "retry"), "^Saved\\. .* 09:00 in Europe/Berlin")
	s.unchanged(was, "Retry of what had landed")
}

// What is previewed is what would be posted, for the manager alone; posting it happens once.
func TestDigestPreviewAndPost(t *testing.T) {
	s := staged(t)
	s.slash("UANA", "/sent 30 2026-11-20")
	s.at = s.at.Add(time.Minute)
	was := s.state()
	r := s.slash("UMIA", "/paceline digest preview")
	s.want(r, "^This week's digest, as it would read now; only you see this\\. Next one: Mon 30 Nov, 01:00 your time, in <#C1>\\. In a channel shared with another company it shows totals only\\.\n\nThis week: Mon 23 to Sun 29 Nov, UTC\\.\nAsked for Tue 24 Nov, 09:06 UTC, with what was logged by then\\.\nLast week the team sent 30 invites",
		"\nName · Last week · Budget now · Left now\nana · 30 · 75 · 68\nben · 0 · 75 · 73\n", "Forgot some\\? `/sent 5 fri` still counts for last week\\.")
	s.unchanged(was, "a preview")
	s.bot.Slack = Slack{
		Name:    func(_ context.Context, _, person string) string { return "name of " + person },
		Readers: func(_ context.Context, _, channel string) (quota.Readers, error) { return quota.SharedReaders, nil },
	}
	shared := s.slash("UOLA", "/paceline digest preview").Text
	if !strings.Contains(shared, "Questions: name of UMIA.") || strings.Contains(shared, "ana") || strings.Contains(shared, "another company") {
		t.Errorf("a channel shared with another company: %q", shared)
	}
	s.bot.Slack.Readers = func(context.Context, string, string) (quota.Readers, error) {
		return quota.UnknownReaders, errors.New("not now")
	}
	s.want(s.slash("UMIA", "/paceline digest preview"), "In a channel shared with another company it shows totals only\\.", "\nana · 30")
	s.bot.Slack = Slack{}
	if n := s.intent("digest/1/2026-11-23"); n.Name != "" {
		t.Errorf("%+v", n)
	}
	posted := s.press("UMIA", r, "digest_post")
	s.want(posted, "^This week's digest comes in <#C1> within a minute, with what is logged by now\\.$")
	i := s.intent("digest/1/2026-11-23")
	if i.State != quota.Pending || !i.Next.Equal(s.at) || i.To != "C1" {
		t.Errorf("%+v", i)
	}
	was = s.state()
	if again := s.press("UMIA", r, "digest_post"); again.Text != posted.Text {
		t.Errorf("%q, then %q", posted.Text, again.Text)
	}
	s.want(s.slash("UMIA", "/paceline digest post"), "within a minute")
	s.unchanged(was, "posting it again")
	i.State, i.Settled, i.At = quota.Posted, s.at, quota.Place{Channel: "C1", TS: "1.1"}
	s.put(i)
	s.at = s.at.Add(time.Hour)
	for state, want := range map[quota.State]string{
		quota.Posted:    "^This week's digest stands in <#C1> since 10:06 your time; a week has only one\\. Next one: Mon 30 Nov, 01:00 your time, in <#C1>\\. Nothing changed\\.$",
		quota.Held:      "^This week's digest waits for a person: `/paceline digest held` shows why\\. Nothing changed\\.$",
		quota.Cancelled: "^This week's digest was taken back, and a week has only one\\. Next one: ",
		quota.Sending:   "stands in <#C1> already",
	} {
		i.State = state
		s.put(i)
		was := s.state()
		s.want(s.slash("UMIA", "/paceline digest post"), want)
		s.unchanged(was, want)
	}
	i.At = quota.Place{}
	i.State = quota.Uncertain
	s.put(i)
	s.want(s.slash("UMIA", "/paceline digest post"), "on its way, or I am finding out whether it arrived\\. .*Nothing changed\\.$")
	s.want(s.pressValue("UMIA", "digest_post", "team=1"), "too old for me")
	s.want(s.pressValue("UMIA", "digest_post", "id=y&team=2"), "Only a manager of that team")
	s.want(s.pressValue("UANA", "digest_post", "id=y&team=1"), "is for owners and admins")
	// Without a channel there is nowhere to post it.
	s.slash("UOLA", "/paceline setup new name Third managers <@UDAN>")
	r = s.dm("UDAN", "digest")
	s.want(r, "^The digest of “Third” .* It has no channel yet: choose one with `/paceline setup channel #outreach`\\.")
	s.want(s.dm("UDAN", "digest post"), "^The team has no channel yet: .* Nothing changed\\.$")
	s.want(s.press("UMIA", s.slash("UMIA", "/paceline digest"), "digest_preview"), "^This week's digest, as it would read now")
	s.want(s.press("UMIA", s.slash("UMIA", "/paceline digest"), "digest_held"), "waits? for a person")
}

// Without the scope to see who reads a channel a digest names nobody, and whoever asks is told what helps.
func TestDigestUnseen(t *testing.T) {
	const unseen = "I cannot see whether another company reads <#C1>, so the digest shows totals only there\\. Invite me if I am not in it; " +
		"otherwise give the app the scope `channels:read` \\(for a private channel `groups:read`\\) and install it again\\."
	s := staged(t)
	s.slash("UANA", "/sent 30 2026-11-20")
	s.at = s.at.Add(time.Minute)
	readers, trouble := quota.UnknownReaders, error(nil)
	s.bot.Slack.Readers = func(_ context.Context, workspace, channel string) (quota.Readers, error) {
		if workspace != "T1" || channel != "C1" {
			t.Errorf("asked about %s in %s", channel, workspace)
		}
		return readers, trouble
	}
	asked := []string{"digest", "digest shows names", "digest preview", "setup digest mon 08:00 utc", "digest shows room"}
	for _, line := range asked {
		r := s.slash("UMIA", "/paceline "+line)
		s.want(r, unseen)
		if strings.Contains(r.Text, "ana · ") {
			t.Errorf("%s: %q", line, r.Text)
		}
	}
	readers = quota.SharedReaders
	s.want(s.slash("UMIA", "/paceline digest"), "Another company reads <#C1>, so the digest shows totals only there\\.")
	readers = quota.OwnReaders
	s.want(s.slash("UMIA", "/paceline digest preview"), "ana · ")
	s.without(asked, "totals only")
	readers, trouble = quota.UnknownReaders, errors.New("not now")
	s.without([]string{"digest", "digest shows names"}, "totals only")
	trouble = nil
	s.want(s.slash("UMIA", "/paceline digest shows totals"), "shows the team's totals only")
	s.without([]string{"digest", "digest preview"}, "I cannot see")
}

// without checks that no answer to a manager's lines holds some words.
func (s *stage) without(lines []string, words string) {
	s.t.Helper()
	for _, line := range lines {
		if r := s.slash("UMIA", "/paceline "+line); strings.Contains(r.Text, words) {
			s.t.Errorf("%s: %q", line, r.Text)
		}
	}
}

// Which digest is the next one, and in whose time.
func TestDigestNext(t *testing.T) {
	s := staged(t)
	s.slash("UMIA", "/paceline digest time 09:00 utc")
	s.at = time.Date(2026, 11, 30, 2, 0, 0, 0, time.UTC)
	s.want(s.slash("UMIA", "/paceline digest"), "Next one: Mon 30 Nov, 10:00 your time, in <#C1>\\.")
	// A team that did not exist before this Monday is owed none.
	s.slash("UOLA", "/paceline setup new name Third channel <#C3> managers <@UDAN> digest 09:00 utc")
	s.want(s.dm("UDAN", "digest"), "Next one: Mon 7 Dec, 10:00 your time, in <#C3>\\.")
	s.at = s.at.Add(8 * time.Hour)
	s.want(s.slash("UMIA", "/paceline digest"), "Next one: Mon 7 Dec, 10:00 your time, in <#C1>\\.")
}

// Who leads a team settles what waits for a person.
func TestDigestHeld(t *testing.T) {
	monday := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	s := staged(t)
	s.want(s.slash("UMIA", "/paceline digest held"), "^No message waits for a person\\.$")
	held := func(name, team, reason string) quota.Intent {
		i := quota.Intent{
			Name: name, To: "C1", Team: team, Due: monday, Expires: monday.AddDate(0, 0, 7), State: quota.Held, Reason: reason, Tries: 1, Settled: monday, Content: []byte("x"),
		}
		s.put(i)
		return i
	}
	for reason, want := range map[string]string{
		"not_in_channel":                        "I am not in that channel\\. Type `/invite @paceline` there, then press Post now\\.",
		"is_archived":                           "that channel is archived\\. Choose another with `/paceline setup channel #outreach`, then press Post now\\.",
		"missing_scope":                         "I may not look whether it arrived\\.",
		"nobody could look whether it was said": "nobody could look whether it was said\\.",
		"odd_<!channel>_word":                   "Slack says “odd_&lt;!channel&gt;_word”\\.",
		"":                                      "nobody knows whether it arrived\\.",
	} {
		held("digest/1/2026-11-23", "1", reason)
		s.want(s.slash("UMIA", "/paceline digest held"), "^A message waits for a person:\n• The digest of Mon 23 Nov, in <#C1>: "+want+"\nLook where it belongs first: Posted says it stands there, Post now has me post it\\.$")
	}
	held("digest/2/2026-11-23", "2", "is_archived")
	held("recap/UANA/2026-11-23", "1", "is_archived")
	r := s.slash("UMIA", "/paceline digest held")
	s.want(r, "^2 messages wait for a person:\n", "• A message to <@C1>: ")
	s.want(s.slash("UOLA", "/paceline digest held"), "^3 messages wait")
	// Others change nothing.
	post := s.button(r, "held_post").Value
	v, _ := url.ParseQuery(post)
	v.Set("name", "digest/2/2026-11-23")
	was := s.state()
	for user, value := range map[string]string{"UANA": post, "UMAX": post, "UDAN": post, "UMIA": v.Encode()} {
		for _, action := range []string{"held_posted", "held_post"} {
			s.want(s.pressValue(user, action, value), "Only a manager of that team")
		}
	}
	for _, value := range []string{"id=x", "id=x&name=", "id=x&name=digest%2F1%2F2020-01-06", "name=digest%2F1%2F2026-11-23"} {
		s.want(s.pressValue("UMIA", "held_post", value), "too old for me")
	}
	if i := s.intent("digest/1/2026-11-23"); i.State != quota.Held || s.intent("digest/2/2026-11-23").State != quota.Held {
		t.Errorf("%+v", i)
	}
	s.unchanged(was, "what was forged")
	// Post now, twice.
	for range 2 {
		s.want(s.pressValue("UMIA", "held_post", post), "^The digest of Mon 23 Nov, in <#C1>: I post it within a minute\\.$")
	}
	if i := s.intent("digest/1/2026-11-23"); i.State != quota.Pending || !i.Next.Equal(s.at) || string(i.Content) != "x" {
		t.Errorf("%+v", i)
	}
	s.want(s.press("UMIA", r, "held_posted"), "^That is settled already\\. Nothing changed\\.$")
	// Posted, after Retry.
	held("digest/1/2026-11-23", "1", "is_archived")
	r = s.slash("UMIA", "/paceline digest held")
	s.store.writes = []fault{{err: quota.ErrUnavailable}}
	failed := s.press("UMIA", r, "held_posted")
	s.want(failed, "^Not saved")
	s.want(s.press("UMIA", failed, "retry"), "^The digest of Mon 23 Nov, in <#C1>: noted as posted\\. I won't post it again\\.$")
	if i := s.intent("digest/1/2026-11-23"); i.State != quota.Posted || !i.Settled.Equal(s.at) {
		t.Errorf("%+v", i)
	}
	held("digest/1/2026-11-23", "1", "is_archived")
	s.at = monday.AddDate(0, 0, 7)
	r = s.slash("UMIA", "/paceline digest held")
	s.want(s.press("UMIA", r, "held_post"), "^It is too old to be of use: .* Press Posted to take it off the list\\. Nothing changed\\.$")
	s.want(s.press("UMIA", r, "held_posted"), "noted as posted")
}

// The form of a team sets its digest too; without those fields it stays.
func TestDigestForm(t *testing.T) {
	s := staged(t)
	s.slash("UMIA", "/paceline digest time 07:45 Asia/Yangon")
	open := s.slash("UMIA", "/paceline setup")
	values := func(at, zone, shows string) map[string][]string {
		return map[string][]string{"name": {"Outreach"}, "channel": {"C1"}, "managers": {"UMIA"}, "time": {at}, "zone": {zone}, "shows": {shows}}
	}
	was := s.state()
	for field, v := range map[string]map[string][]string{
		"time": values("9", "UTC", "names"), "zone": values("09:00", "Mars", "names"), "shows": values("09:00", "UTC", "everything"),
	} {
		if r := s.submit("UMIA", open.Modal, v); r.Errors[field] == "" {
			t.Errorf("%s: %+v", field, r)
		}
		s.unchanged(was, field)
	}
	s.want(s.submit("UMIA", open.Modal, values("09:00", "Europe/Berlin", "totals")), "^Team “Outreach” is set up\\. .* The digest of “Outreach” comes on Mondays at 09:00 in Europe/Berlin and shows the team's totals only\\.$")
	if d := s.state().teams[0].Digest; d != (quota.Digest{Zone: "Europe/Berlin", Minute: 540, Shows: quota.ShowTotals}) {
		t.Errorf("%+v", d)
	}
	open = s.slash("UMIA", "/paceline setup")
	s.submit("UMIA", open.Modal, map[string][]string{"name": {"Renamed"}, "managers": {"UMIA"}})
	if d := s.state().teams[0].Digest; d.Minute != 540 {
		t.Errorf("%+v", d)
	}
	s.want(s.slash("UMIA", "/paceline setup digest mon 08:00 utc shows names"), "comes on Mondays at 08:00 UTC and shows names, last week")
	s.want(s.slash("UMIA", "/paceline setup digest tue 08:00"), "comes on Mondays: .*Nothing changed")
	s.want(s.slash("UMIA", "/paceline setup shows x"), "not “x”\\. Nothing changed")
}
