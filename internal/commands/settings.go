package commands

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// settings shows the form, or changes what was typed.
func (b *Bot) settings(ctx context.Context, r Request, args []string) Reply {
	s, err := b.book.Standing(ctx, who(r), r.At)
	if err != nil {
		return b.unread(r, err)
	}
	if len(args) == 0 {
		return b.settingsForm(r, s.Member)
	}
	want := quota.Settings{Workdays: s.Member.Workdays}
	if s.Member.ZoneChosen {
		want.Zone = s.Member.Zone
	}
	if no := b.parseSettings(args, &want); no != "" {
		return say("%s Nothing changed.", no)
	}
	m, err := b.book.Set(ctx, who(r), r.ID, r.At, want)
	if err != nil {
		return b.failed(ctx, r, err)
	}
	return b.settled(r, m)
}

// parseSettings reads "zone NAME" and "days …", each at most once, in any order.
func (b *Bot) parseSettings(args []string, s *quota.Settings) (no slip) {
	parts, no := parts(args, map[string]string{"zone": "zone", "days": "days", "day": "days"}, "the setting ")
	if no != "" {
		return slipf("%s There are `zone` and `days`: `%s settings zone Europe/Berlin`.", no, b.names.Main)
	}
	zone, zoned := parts["zone"]
	days, dated := parts["days"]
	if zoned && len(zone) == 0 || dated && len(days) == 0 {
		return slipf("Write what to change and to what: `%s settings zone Europe/Berlin` or `%s settings days mon-fri`.", b.names.Main, b.names.Main)
	}
	if zoned {
		s.Zone, no = parseZone(strings.Join(zone, "_"))
	}
	if dated && no == "" {
		s.Workdays, no = parseDays(strings.Join(days, " "))
	}
	return no
}

// settled says what is set now.
func (b *Bot) settled(r Request, m quota.Member) Reply {
	zone := b.book.Zone(m.Zone)
	return say("Saved. Time zone: %s, %s; it is %s there. Working days: %s. The week still turns on Monday 00:00 UTC, which is %s for you.",
		zone, zoneFrom(m), r.At.In(zone).Format("Mon 15:04"), look.Weekdays(m.Workdays), quota.WeekOf(r.At).End().In(zone).Format("Mon 15:04"))
}

func zoneFrom(m quota.Member) string {
	switch {
	case m.ZoneChosen:
		return "your own choice"
	case m.Zone == "":
		return "since Slack has not told me yours yet"
	}
	return "from your Slack profile"
}

// parseDays reads "mon-fri", "mon,wed,fri" and the forms in which days are shown: "Mon to Fri", "Mon, Wed
// and Fri".
func parseDays(text string) (quota.Workdays, slip) {
	low := strings.NewReplacer(" to ", "-", "–", "-", " - ", "-", " and ", ",").Replace(strings.ToLower(text))
	var days quota.Workdays
	for _, part := range strings.FieldsFunc(low, func(c rune) bool { return c == ',' || c == ' ' }) {
		first, last, ranged := strings.Cut(part, "-")
		a, ok := weekdayWords[first]
		z, ok2 := weekdayWords[last]
		if !ok || ranged && !ok2 {
			days = 0
			break
		}
		days |= 1 << a
		for d := a; ranged && d != z; {
			d = (d + 1) % 7
			days |= 1 << d
		}
	}
	if days == 0 {
		return 0, slipf("I can't read %s as days. Write them like `mon-fri` or `mon,wed,fri`.", echo(text))
	}
	return days, ""
}

func (b *Bot) settingsForm(r Request, m quota.Member) Reply {
	own := "Follow my Slack profile"
	if !m.ZoneChosen && m.Zone != "" {
		own += " (" + m.Zone + ")"
	}
	options := []*slack.OptionBlockObject{slack.NewOptionBlockObject(followSlack, plain(own), nil)}
	chosen := options[0]
	zones := likelyZones
	if m.ZoneChosen && !slices.Contains(zones, m.Zone) {
		zones = append([]string{m.Zone}, zones...)
	}
	for _, z := range zones {
		o := slack.NewOptionBlockObject(z, plain(strings.ReplaceAll(z, "_", " ")), nil)
		options = append(options, o)
		if m.ZoneChosen && z == m.Zone {
			chosen = o
		}
	}
	zone := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, "zone", options...)
	zone.InitialOption = chosen
	var days, on []*slack.OptionBlockObject
	for i := range 7 {
		d := time.Weekday((i + 1) % 7)
		o := slack.NewOptionBlockObject(strings.ToLower(d.String()[:3]), plain(d.String()), nil)
		days = append(days, o)
		if m.Workdays.Has(d) {
			on = append(on, o)
		}
	}
	boxes := slack.NewCheckboxGroupsBlockElement("days", days...)
	boxes.InitialOptions = on
	out := b.typing(r, "Your time zone: "+b.book.Zone(m.Zone).String()+", "+zoneFrom(m)+". Working days: "+look.Weekdays(m.Workdays)+
		". Change them with `{main} settings zone Europe/Berlin` and `{main} settings days mon-fri`.", "settings")
	out.Modal = form(r, settingsCallback, "Your settings", "Save", nil,
		input("zone", "Time zone", "Days, and the times you read, follow it. Any other zone: type "+b.names.Main+" settings zone NAME.", zone),
		input("days", "Working days", "Plans spread what is left over these.", boxes))
	return out
}

func (b *Bot) submitSettings(ctx context.Context, r Request, f Form) Reply {
	zone, no := parseZone(f.first("zone"))
	if no != "" {
		return wrong("zone", no)
	}
	days, no := parseDays(strings.Join(f.Values["days"], ","))
	if no != "" {
		return wrong("days", "Choose at least one day.")
	}
	m, err := b.book.Set(ctx, who(r), r.ID, r.At, quota.Settings{Zone: zone, Workdays: days})
	if err != nil {
		if no := b.refusal(ctx, r, err); no != "" {
			return wrong("zone", no)
		}
		return unsaved(r, "zone", err)
	}
	return noticed("Settings", b.settled(r, m))
}

// noticed ends a form with a notice of what was saved.
func noticed(title string, out Reply) Reply {
	return Reply{Text: out.Text, Modal: notice(title, out.Blocks)}
}
