package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

const digestWords = "behind it may stand `preview`, `post`, `held`, `time` or `shows`"

// digest says how a team's Monday digest is set, or does what was typed behind it.
func (b *Bot) digest(ctx context.Context, r Request, args []string) Reply {
	t, no, err := b.led(ctx, r, "")
	switch {
	case err != nil:
		return b.unread(r, err)
	case no != "":
		return say("%s", no)
	case len(args) == 0:
		return b.digestNow(ctx, r, t)
	}
	word, words := bare(args[0]), args[1:]
	if slices.Contains([]string{"preview", "post", "held"}, word) && len(words) > 0 {
		return say("`digest %s` stands alone. Nothing changed.", word)
	}
	want := t.Digest
	switch word {
	case "preview":
		return b.digestPreview(ctx, r, t)
	case "post":
		return b.digestPost(ctx, r, t, r.ID)
	case "held":
		return b.digestHeld(ctx, r)
	case "time", "at":
		want.Minute, want.Zone, no = parseDigestTime(words, b.zone(ctx, r))
	case "shows", "show":
		want.Shows, no = parseShown(words)
	default:
		no = slipf("I don't know %s.", echo(args[0]))
		if n, ok := nearest(word, []string{"preview", "post", "held", "time", "shows"}); ok {
			no = slipf("%s Did you mean `%s`?", no, n)
		}
		no = slipf("%s `%s digest` shows when it comes; %s.", no, b.names.Main, digestWords)
	}
	if no != "" {
		return say("%s Nothing changed.", no)
	}
	t, no, err = b.setUp(ctx, r, quota.Setup{ID: t.ID, Name: t.Name, Managers: t.Managers, Digest: &want})
	if err != nil || no != "" {
		return b.answered(ctx, r, Reply{}, no, err)
	}
	return say("%s", sentences("Saved.", b.digestRule(t), b.digestNext(ctx, r, t), b.unnamed(ctx, r, t)))
}

// digestNow says when and where a team's digest comes, and what it shows.
func (b *Bot) digestNow(ctx context.Context, r Request, t quota.Team) Reply {
	button := func(label, action string) look.Button {
		return look.Button{Label: label, Action: action, Value: value(r, r.on, action, "team", t.ID)}
	}
	return reply(look.Sentences([]string{
		sentences(b.digestRule(t), b.digestNext(ctx, r, t), b.unnamed(ctx, r, t)),
		fmt.Sprintf("Change it with `%s digest time mon 09:00 Europe/Berlin` and `%s digest shows names`, `room` or `totals`.", b.names.Main, b.names.Main),
	}, button("Preview", "digest_preview"), button("Held messages", "digest_held"), button("Set up team", "setup")))
}

// digestRule says at what time a team's digest comes and what it shows.
func (b *Bot) digestRule(t quota.Team) string {
	zone := b.book.Zone(t.Digest.Zone)
	name := " " + zone.String()
	if zone != time.UTC {
		name = " in " + zone.String()
	}
	shows := map[quota.Shown]string{
		quota.ShowAll:    "names, last week and what is left",
		quota.ShowRoom:   "names and what is left",
		quota.ShowTotals: "the team's totals only",
	}[t.Digest.Shows]
	return fmt.Sprintf("The digest of “%s” comes on Mondays at %s%s and shows %s.", look.Escape(t.Name), clockOf(t.Digest.Minute), name, shows)
}

// clockOf writes minutes after midnight as a time.
func clockOf(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

// digestNext says when the next digest is due, and in which channel.
func (b *Bot) digestNext(ctx context.Context, r Request, t quota.Team) string {
	if t.Channel == "" {
		return fmt.Sprintf("It has no channel yet: choose one with `%s setup channel #outreach`.", b.names.Main)
	}
	w, this := b.digestWeek(ctx, r, t)
	zone, out := b.zone(ctx, r), ""
	switch {
	case this.State == quota.Held:
		out = fmt.Sprintf("This week's waits for you: `%s digest held`. ", b.names.Main)
	case w == quota.WeekOf(r.At) && this.State != 0 && !this.Due.After(r.At):
		out, w = fmt.Sprintf("This week's comes now, in <#%s>. ", this.To), w+1
	}
	due := b.book.DigestDue(t, w)
	out += fmt.Sprintf("Next one: %s, %s, in <#%s>.", look.Date(quota.DayOf(due, zone), quota.DayOf(r.At, zone)), timeOf(due, zone), t.Channel)
	if own := quota.DayOf(w.Start(), time.UTC).In(b.book.Zone(t.Digest.Zone), t.Digest.Minute/60, t.Digest.Minute%60); own.Before(due) {
		out += " Its own time comes before the week is over (Monday 00:00 UTC), so it waits for that."
	}
	return out
}

// digestWeek is the week that a team's next digest opens, this one or the next, and the digest of this one as far as it
// is: while it is to be said it is the next one, also when its time was moved to the past, and when what moved it was so
// quick that it stands there by now.
func (b *Bot) digestWeek(ctx context.Context, r Request, t quota.Team) (w quota.Week, this quota.Intent) {
	w = quota.WeekOf(r.At)
	this, err := b.book.Intent(ctx, r.Workspace, quota.DigestName(t.ID, w))
	switch {
	case err == nil && this.State == quota.Pending && this.At == (quota.Place{}):
	case err == nil && this.State == quota.Sending, err == nil && this.State == quota.Posted && !this.Settled.Before(r.At.Truncate(time.Microsecond)):
	case err == nil || !b.book.DigestDue(t, w).After(r.At) || !t.Created.Before(w.Start()):
		w++
	}
	return w, this
}

// timeOf is the time of day as somebody in a zone reads it, with whose time it is.
func timeOf(t time.Time, zone *time.Location) string {
	return moment(t, t, zone)
}

// digestPreview shows a digest as it would be posted at this moment.
func (b *Bot) digestPreview(ctx context.Context, r Request, t quota.Team) Reply {
	review, err := b.book.Review(ctx, r.Workspace, t.ID, r.At)
	if err != nil {
		return b.unread(r, err)
	}
	changes, err := b.book.Changes(ctx, r.Workspace, t.ID, r.At)
	if err != nil {
		return b.unread(r, err)
	}
	_, members, err := b.book.Roster(ctx, r.Workspace)
	if err != nil {
		return b.unread(r, err)
	}
	f := look.DigestFrame{Deeds: changes}
	if names := b.managers(ctx, r, t, members); len(names) > 0 {
		f.Ask = names[0]
	}
	if b.askedFor(r, t) {
		f.Asked = r.At
	}
	readers, known := b.readers(ctx, r, t)
	f.Unnamed = known && readers != quota.OwnReaders
	a := look.Digest(review, b.names, f)
	intro := "This week's digest, as it would read now; only you see this. "
	intro += b.digestNext(ctx, r, t)
	switch {
	case t.Digest.Shows == quota.ShowTotals:
	case !known:
		intro += " In a channel shared with another company it shows totals only."
	case readers == quota.UnknownReaders:
		intro += " " + unseen(t)
	}
	head := say("%s", intro)
	a.Text = intro + "\n\n" + a.Text
	a.Blocks, a.Spare = slices.Concat(head.Blocks, a.Blocks), slices.Concat(head.Blocks, a.Spare)
	a = a.With(look.Button{
		Label: "Post it now", Action: "digest_post", Value: value(r, r.on, "digest_post", "team", t.ID),
		Hint: "Post it now in the team's channel",
	})
	out := reply(a.Message)
	out.Spare = a.Spare
	if r.on == onHome {
		out.Blocks, out.Spare = a.Spare, nil // it opens as a notice, which takes no tables
	}
	return out
}

// askedFor reports whether a digest of now would come in the middle of the week: it calls nothing fresh.
func (b *Bot) askedFor(r Request, t quota.Team) bool {
	return r.At.Sub(b.book.DigestDue(t, quota.WeekOf(r.At))) > quota.WeekOpens
}

// readers says who reads a team's channel; ok is false when nobody could be asked.
func (b *Bot) readers(ctx context.Context, r Request, t quota.Team) (who quota.Readers, ok bool) {
	if b.Slack.Readers == nil || t.Channel == "" {
		return quota.UnknownReaders, false
	}
	who, err := b.Slack.Readers(ctx, r.Workspace, t.Channel)
	return who, err == nil
}

// unnamed says that a digest names nobody although its team wants names, and what helps; "" when it names them.
func (b *Bot) unnamed(ctx context.Context, r Request, t quota.Team) string {
	if t.Digest.Shows == quota.ShowTotals {
		return ""
	}
	switch who, ok := b.readers(ctx, r, t); {
	case ok && who == quota.UnknownReaders:
		return unseen(t)
	case ok && who == quota.SharedReaders:
		return fmt.Sprintf("Another company reads <#%s>, so the digest shows totals only there.", t.Channel)
	}
	return ""
}

// unseen says what helps when nobody knows who reads a channel.
func unseen(t quota.Team) string {
	return fmt.Sprintf("I cannot see whether another company reads <#%s>, so the digest shows totals only there. "+
		"Invite me if I am not in it; otherwise give the app the scope `channels:read` (for a private channel `groups:read`) and install it again.", t.Channel)
}

// sentences joins those that are there.
func sentences(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), " ")
}

// digestPost has this week's digest posted now.
func (b *Bot) digestPost(ctx context.Context, r Request, t quota.Team, key string) Reply {
	i, err := b.book.PostDigest(ctx, who(r), key, r.At, t.ID)
	var unmoved quota.Unmoved
	switch {
	case errors.Is(err, quota.ErrNoSuchTeam):
		return say("That team is not there any more. Nothing changed.")
	case errors.Is(err, quota.ErrNoChannel):
		return say("The team has no channel yet: choose one with `%s setup channel #outreach`, then post it. Nothing changed.", b.names.Main)
	case errors.As(err, &unmoved):
		return say("%s Nothing changed.", b.digestStands(ctx, r, t, unmoved.Intent))
	case err != nil:
		return b.failed(ctx, r, err)
	case i.State == quota.Posted: // a repeat
		return say("This week's digest is posted in <#%s>.", i.To)
	}
	return say("This week's digest comes in <#%s> within a minute, with what is logged by now.", i.To)
}

// digestStands says how far a digest is that cannot be posted now.
func (b *Bot) digestStands(ctx context.Context, r Request, t quota.Team, i quota.Intent) string {
	switch i.State {
	case quota.Held:
		return fmt.Sprintf("This week's digest waits for a person: `%s digest held` shows why.", b.names.Main)
	case quota.Cancelled:
		return "This week's digest was taken back, and a week has only one. " + b.digestNext(ctx, r, t)
	case quota.Posted:
		zone := b.zone(ctx, r)
		return fmt.Sprintf("This week's digest stands in <#%s> since %s; a week has only one. %s", i.To, moment(i.Settled, r.At, zone), b.digestNext(ctx, r, t))
	}
	if i.At != (quota.Place{}) {
		return fmt.Sprintf("This week's digest stands in <#%s> already; a week has only one.", i.To)
	}
	return "This week's digest is on its way, or I am finding out whether it arrived. Look into the channel in a few minutes."
}

// parseDigestTime reads "[mon] 09:00 [zone]". Without a zone it is the one of who types.
func parseDigestTime(words []string, own *time.Location) (minute int, zone string, no slip) {
	var place []string
	set := false
	for _, w := range words {
		low := bare(w)
		day, isDay := weekdayWords[low]
		clock, read := parseClock(low)
		switch {
		case isDay && day != time.Monday:
			return 0, "", "The digest opens a week, so it comes on Mondays: write `mon`, or leave the day out."
		case isDay || slices.Contains([]string{"", "at", "on", "in", "time"}, low):
		case read && set:
			return 0, "", "I read two times there. Write one, as in `digest time mon 09:00 Europe/Berlin`."
		case read:
			minute, set = clock, true
		case looksLikeWhen(low) || looksLikeNumber(low):
			return 0, "", slipf("%s is not a time I can read. Write it as `09:00`.", echo(w))
		default:
			place = append(place, w)
		}
	}
	if !set {
		return 0, "", "At what time? Write it as `digest time mon 09:00 Europe/Berlin`, or `digest time 00:00 utc`."
	}
	zone = own.String()
	if len(place) > 0 {
		if zone, no = parseZone(strings.Join(place, "_")); no != "" {
			return 0, "", no
		}
		if zone == "" {
			zone = own.String()
		}
	}
	return minute, zoneName(zone), ""
}

// zoneName is how a digest keeps a zone: UTC is "".
func zoneName(zone string) string {
	if zone == "UTC" {
		return ""
	}
	return zone
}

// shownWords are the words for how much a digest shows.
var shownWords = map[string]quota.Shown{
	"names": quota.ShowAll, "name": quota.ShowAll, "all": quota.ShowAll,
	"room": quota.ShowRoom, "left": quota.ShowRoom,
	"totals": quota.ShowTotals, "total": quota.ShowTotals,
}

// parseShown reads how much a digest shows.
func parseShown(words []string) (quota.Shown, slip) {
	rest := dropped(words, "only", "the", "by")
	if len(rest) == 1 {
		if s, ok := shownWords[rest[0]]; ok {
			return s, ""
		}
		return 0, slipf("It can show `names`, `room` or `totals`, not %s.", echo(rest[0]))
	}
	return 0, "What should it show? Write `digest shows names`, `digest shows room` or `digest shows totals`."
}
