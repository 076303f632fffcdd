package commands

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// likelyZones are offered in the form, one for each place that people look for; typing takes every IANA
// name. Slack takes 100 options.
var likelyZones = []string{
	"Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Phoenix", "America/Denver", "America/Mexico_City",
	"America/Chicago", "America/Bogota", "America/New_York", "America/Toronto", "America/Halifax", "America/Santiago",
	"America/Sao_Paulo", "America/Argentina/Buenos_Aires", "America/St_Johns", "Atlantic/Azores", "UTC", "Europe/Lisbon",
	"Europe/Dublin", "Europe/London", "Africa/Lagos", "Europe/Amsterdam", "Europe/Berlin", "Europe/Brussels", "Europe/Copenhagen",
	"Europe/Madrid", "Europe/Oslo", "Europe/Paris", "Europe/Prague", "Europe/Rome", "Europe/Stockholm", "Europe/Vienna",
	"Europe/Warsaw", "Europe/Zurich", "Africa/Cairo", "Africa/Johannesburg", "Asia/Jerusalem", "Europe/Athens", "Europe/Bucharest",
	"Europe/Helsinki", "Europe/Kyiv", "Europe/Istanbul", "Africa/Nairobi", "Asia/Riyadh", "Asia/Dubai", "Asia/Karachi",
	"Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Bangkok", "Asia/Jakarta", "Asia/Ho_Chi_Minh", "Asia/Hong_Kong",
	"Asia/Kuala_Lumpur", "Asia/Manila", "Asia/Shanghai", "Asia/Singapore", "Asia/Taipei", "Australia/Perth", "Asia/Seoul",
	"Asia/Tokyo", "Australia/Adelaide", "Australia/Brisbane", "Australia/Melbourne", "Australia/Sydney", "Pacific/Auckland",
}

// followSlack is the choice of the zone of the Slack profile.
const followSlack = "slack"

// parseZone reads an IANA name, in any case where that says which, or "slack" for the zone of the Slack
// profile, which is "".
func parseZone(word string) (string, slip) {
	if strings.EqualFold(word, followSlack) {
		return "", ""
	}
	if i := slices.IndexFunc(likelyZones, func(z string) bool { return strings.EqualFold(z, word) }); i >= 0 {
		return likelyZones[i], ""
	}
	for _, name := range []string{word, titled(word)} {
		if z, err := time.LoadLocation(name); err == nil && name != "" && !strings.EqualFold(name, "local") {
			return z.String(), ""
		}
	}
	for _, z := range likelyZones {
		if _, city, ok := strings.Cut(z, "/"); ok && strings.EqualFold(letters(city), letters(word)) {
			return "", slipf("I need the whole name of the zone: did you mean `%s`?", z)
		}
	}
	return "", slipf("%s is not a time zone I know. Write it like `Europe/Berlin` or `America/New_York`, or `slack` to follow your Slack profile.", echo(word))
}

// titled writes europe/luxembourg as Europe/Luxembourg.
func titled(word string) string {
	first := true
	return strings.Map(func(c rune) rune {
		was := first
		first = !unicode.IsLetter(c)
		if was {
			return unicode.ToUpper(c)
		}
		return unicode.ToLower(c)
	}, word)
}

// letters drops what parts the words of a city's name.
func letters(s string) string { return strings.NewReplacer("_", "", " ", "", "-", "").Replace(s) }
