package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/paceline/paceline/internal/quota"
	"github.com/paceline/paceline/internal/sandbox"
)

// seed puts the sandbox's team in place, and for "demo" four weeks of history that end at now. A store that
// has a team already is left as it is.
func seed(ctx context.Context, book *quota.Book, name string, now time.Time) (err error) {
	roles := map[string][]sandbox.Person{}
	for _, p := range sandbox.People {
		roles[p.Role] = append(roles[p.Role], p)
	}
	manager := roles["manager"][0]
	mia := quota.Who{Workspace: sandbox.TeamID, ID: manager.ID, Name: manager.Name, Zone: manager.Zone}
	teams, _, err := book.Teams(ctx, mia)
	if err != nil || len(teams) > 0 {
		return err
	}
	start := now
	if name == "demo" {
		start = quota.WeekOf(now).Start().AddDate(0, 0, -28)
	}
	s := quota.Setup{Name: "Outreach", Managers: []string{manager.ID}}
	t, err := book.SetUp(ctx, mia, "seed/team", start, s)
	if err != nil {
		return fmt.Errorf("seed: %w", err)
	}
	// With its channel from now on only: no digest is owed for the weeks before.
	s.ID, s.Channel = t.ID, sandbox.OutreachID
	defer func() {
		if _, wrong := book.SetUp(ctx, mia, "seed/channel", now, s); wrong != nil {
			err = errors.Join(err, fmt.Errorf("seed: %w", wrong))
		}
	}()
	if name != "demo" {
		return nil
	}
	// Always the same history, so that pictures and scripts agree.
	dice := rand.New(rand.NewPCG(75, 100))
	for i, p := range roles["member"] {
		who := quota.Who{Workspace: sandbox.TeamID, ID: p.ID, Name: p.Name, Zone: p.Zone, Channel: sandbox.OutreachID}
		habit := habits[i%len(habits)]
		if err := live(ctx, book, who, habit, start, now, dice); err != nil {
			return fmt.Errorf("seed: %w", err)
		}
	}
	return nil
}

// A habit is how somebody logs: how many on each working day from Monday on, and at which hours.
type habit struct {
	days     [5]int
	hours    []int
	from     int // weeks after the start of the history
	accepted int // on Fridays, of the invites of that week; 0: does not record it
}

// habits are of a steady person, of one who does it all in two goes and is accepted less, and of one who began two
// weeks ago.
var habits = []habit{
	{days: [5]int{12, 14, 11, 13, 9}, hours: []int{9, 14}, accepted: 19},
	{days: [5]int{0, 27, 0, 24, 6}, hours: []int{16}, accepted: 13},
	{days: [5]int{5, 7, 6, 8, 4}, hours: []int{11}, from: 2},
}

// live logs and reports as a person with a habit would have, up to now.
func live(ctx context.Context, book *quota.Book, who quota.Who, h habit, start, now time.Time, dice *rand.Rand) error {
	zone := book.Zone(who.Zone)
	first := quota.DayOf(start.Add(12*time.Hour), time.UTC) + quota.Day(7*h.from)
	for d := first; d <= quota.DayOf(now, zone); d++ {
		weekday := int(d.Weekday()+6) % 7
		if weekday > 4 || h.days[weekday] == 0 {
			continue
		}
		for _, hour := range h.hours {
			n := h.days[weekday]/len(h.hours) + dice.IntN(3) - 1
			at := d.In(zone, hour, dice.IntN(50))
			if n < 1 || !at.Before(now) {
				continue
			}
			key := fmt.Sprintf("seed/%s/%s/%d", who.ID, d, hour)
			if _, err := book.Log(ctx, who, key, at, quota.Log{Kind: quota.Invite, Quantity: n}); err != nil {
				return err
			}
		}
		friday := d.In(zone, 17, 0)
		if weekday != 4 || h.accepted == 0 || !friday.Before(now) {
			continue
		}
		o := quota.Outcome{Act: quota.Accepted, Kind: quota.Invite, Quantity: h.accepted + int(d/7)%3}
		if _, err := book.Report(ctx, who, fmt.Sprintf("seed/%s/%s/accepted", who.ID, d), friday, o); err != nil {
			return err
		}
	}
	// What was sent before is told, so that nobody is asked.
	_, err := book.Recall(ctx, who, "seed/"+who.ID+"/before", now, quota.Memory{})
	if errors.Is(err, quota.ErrNotOnTeam) {
		return nil // nothing logged yet
	}
	return err
}
