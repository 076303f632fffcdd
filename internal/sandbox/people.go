package sandbox

import (
	"slices"
	"strings"
	"time"
)

// The workspace and the app in it.
const (
	TeamID  = "TPACELINE1"
	AppID   = "APACELINE1"
	BotID   = "BPACELINE1"
	BotUser = "UPACELINE1"
	BotName = "paceline"

	OutreachID = "COUTREACH1" // the channel the bot and everybody is in
	GeneralID  = "CGENERAL01" // the channel the bot is not in

	teamDomain = "sandbox"
	teamName   = "Sandbox"
	slackbotID = "USLACKBOT"
)

// A Person is somebody in the workspace.
type Person struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	RealName string `json:"real_name"`
	Zone     string `json:"tz"` // IANA name
	DM       string `json:"dm"` // the conversation with the bot
	Admin    bool   `json:"is_admin"`
	Role     string `json:"role"` // what the person is there for; Slack does not know it
}

// People are all who work here. To Slack the manager is an ordinary user.
var People = []Person{
	{ID: "UANA000001", Name: "ana", RealName: "Ana Keller", Zone: "Europe/Berlin", DM: "DANA000001", Role: "member"},
	{ID: "UBEN000001", Name: "ben", RealName: "Ben Carter", Zone: "America/New_York", DM: "DBEN000001", Role: "member"},
	{ID: "UCLEO00001", Name: "cleo", RealName: "Cleo Rao", Zone: "Asia/Kolkata", DM: "DCLEO00001", Role: "member"},
	{ID: "UMIA000001", Name: "mia", RealName: "Mia Brandt", Zone: "Europe/Berlin", DM: "DMIA000001", Role: "manager"},
	{ID: "UOLA000001", Name: "ola", RealName: "Ola Whitaker", Zone: "Pacific/Auckland", DM: "DOLA000001", Admin: true, Role: "admin"},
}

// A Channel is a public channel; everybody is in it, the bot perhaps.
type Channel struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Bot  bool   `json:"bot"` // whether the bot is a member
}

var channels = []Channel{
	{ID: OutreachID, Name: "outreach", Bot: true},
	{ID: GeneralID, Name: "general"},
}

// channels are all the channels of this workspace, as they were at the start.
func (s *Slack) channels() []Channel { return slices.Concat(channels, s.cfg.Channels) }

// channel finds one of them by id, or by name with or without a #.
func (s *Slack) channel(which string) (Channel, bool) {
	name := strings.TrimPrefix(which, "#")
	for _, c := range s.channels() {
		if c.ID == which || strings.EqualFold(c.Name, name) {
			return c, true
		}
	}
	return Channel{}, false
}

// person finds somebody by id, or by name with or without an @.
func person(who string) (Person, bool) {
	name := strings.TrimPrefix(who, "@")
	for _, p := range People {
		if p.ID == who || strings.EqualFold(p.Name, name) {
			return p, true
		}
	}
	return Person{}, false
}

// channelNamed finds a channel by id, or by name with or without a #.
func channelNamed(which string) (Channel, bool) {
	name := strings.TrimPrefix(which, "#")
	for _, c := range channels {
		if c.ID == which || strings.EqualFold(c.Name, name) {
			return c, true
		}
	}
	return Channel{}, false
}

func peopleNames() string {
	var names []string
	for _, p := range People {
		names = append(names, p.Name)
	}
	return strings.Join(names, ", ")
}

func channelNames() string {
	var names []string
	for _, c := range channels {
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

// user is the person as users.info shows it at a given time, which decides about summer time.
func (p Person) user(at time.Time) object {
	label, offset := "Coordinated Universal Time", 0
	if zone, err := time.LoadLocation(p.Zone); err == nil {
		label, offset = at.In(zone).Zone()
	}
	return object{
		"id": p.ID, "team_id": TeamID, "name": p.Name, "deleted": false, "real_name": p.RealName,
		"tz": p.Zone, "tz_label": label, "tz_offset": offset, "locale": "en-GB", "updated": 1700000000,
		"is_admin": p.Admin, "is_owner": false, "is_primary_owner": false, "is_bot": false, "is_app_user": false,
		"is_restricted": false, "is_ultra_restricted": false,
		"profile": object{
			"display_name": p.Name, "display_name_normalized": p.Name, "real_name": p.RealName,
			"real_name_normalized": p.RealName, "email": p.Name + "@sandbox.example", "team": TeamID,
		},
	}
}

// botAccount is the bot as users.info shows it: bots have no zone of their own.
func botAccount() object {
	return object{
		"id": BotUser, "team_id": TeamID, "name": BotName, "deleted": false, "real_name": "Paceline",
		"tz": "", "tz_offset": 0, "is_admin": false, "is_owner": false, "is_bot": true, "is_app_user": false, "updated": 1700000000,
		"profile": object{
			"display_name": "", "real_name": "Paceline", "bot_id": BotID, "api_app_id": AppID, "team": TeamID,
		},
	}
}
